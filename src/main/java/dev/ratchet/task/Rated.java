package dev.ratchet.task;

import java.time.Instant;
import java.util.UUID;

/**
 * A stored rating.
 *
 * @param revision 1 for the first; an edit or undo adds one
 * @param strength -3 (left much better) to 3 (right much better); null unless the verdict is a preference
 */
public record Rated(
        UUID ratingId,
        int revision,
        long taskId,
        Verdict verdict,
        Integer strength,
        String comment,
        Instant ratedAt) {}
