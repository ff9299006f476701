package dev.ratchet.task;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * How a reviewer answered a check.
 *
 * @param purpose gold or calibration
 * @param right by the question's name whether the answer was right; a question that has no one right answer is absent
 * @param explanation why the expected answers are right; empty for none
 */
public record GoldResult(
        long taskId,
        String purpose,
        long accountId,
        UUID ratingId,
        Instant ratedAt,
        Map<String, Boolean> right,
        String expected,
        String given,
        String asked,
        String explanation) {

    /** The share of the judged questions that were answered rightly; 1 where none could be judged. */
    public double share() {
        return right.isEmpty()
                ? 1 : right.values().stream().filter(Boolean::booleanValue).count() / (double) right.size();
    }

    /** Whether every judged question was answered rightly. */
    public boolean allRight() {
        return !right.containsValue(false);
    }
}
