package dev.ratchet.dataset;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.ratchet.lm.Message;
import java.util.List;

/**
 * One line of a snapshot.
 *
 * @param pairId the pair; 0 for a pair that a run labelled by itself
 * @param source {@code rating}, {@code import} or {@code reward-model}
 * @param split {@code train} or {@code eval}
 * @param chosen text of the better answer
 * @param rejected text of the other answer
 * @param weight how much the pair counts, above 0 to 1
 * @param margin how far the scores should stand apart, in nats
 * @param ratingIds the ratings that made the pair, in the order of their ids
 */
@JsonPropertyOrder({
    "pairId", "source", "split", "promptId", "prompt", "chosen", "rejected", "weight", "margin", "ratingIds"
})
public record SnapshotPair(
        long pairId,
        String source,
        String split,
        long promptId,
        List<Message> prompt,
        String chosen,
        String rejected,
        double weight,
        double margin,
        List<String> ratingIds) {}
