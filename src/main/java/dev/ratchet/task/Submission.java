package dev.ratchet.task;

import java.util.UUID;

/**
 * A judgement on its way in.
 *
 * @param ratingId made by the client: sending the same submission again stores nothing new
 * @param leftResponseId the answer that was shown on the left, as leased
 * @param strength -3 (left much better) to 3 (right much better), never 0; null unless the verdict is a preference
 * @param comment null for none
 * @param activeMillis how long the reviewer looked at the task
 */
public record Submission(
        UUID assignmentId,
        UUID ratingId,
        long taskId,
        Long leftResponseId,
        Long rightResponseId,
        Verdict verdict,
        Integer strength,
        String comment,
        long activeMillis) {

    Judgement judgement() {
        return new Judgement(verdict, strength, comment);
    }
}
