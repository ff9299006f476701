package dev.ratchet.dataset;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.UUID;

/**
 * What a reviewer's word counts in a snapshot.
 *
 * @param reviewer their pseudonym
 * @param weight 0 to 1, by the formula {@code dawid-skene-v1}
 * @param accuracy estimated probability that they prefer the better response
 * @param labels number of preferences that the estimate rests on
 */
@JsonPropertyOrder({"reviewer", "weight", "accuracy", "labels"})
public record ReviewerWeight(UUID reviewer, double weight, double accuracy, int labels) {}
