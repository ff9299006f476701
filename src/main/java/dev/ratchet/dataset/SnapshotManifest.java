package dev.ratchet.dataset;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * The first line of a snapshot whose pairs are weighed: by which policy and formula, and what each reviewer counted.
 * It is part of the file, so the snapshot's digest covers it.
 *
 * @param reviewers in the order of their pseudonyms
 */
@JsonPropertyOrder({"aggregation", "weights", "reviewers"})
public record SnapshotManifest(String aggregation, String weights, List<ReviewerWeight> reviewers) {}
