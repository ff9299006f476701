package dev.ratchet.task;

import dev.ratchet.lm.Message;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A task that waits for one reviewer's judgement.
 *
 * @param assignmentId the lease
 * @param prompt the conversation that both answers continue
 * @param left the answer to show on the left: the order was drawn once, at the first lease
 * @param expiresAt from then on the task goes to somebody else, and a submission is refused
 * @param guidelinesVersion the version of the guidelines to judge by
 */
public record LeasedTask(
        UUID assignmentId,
        long taskId,
        List<Message> prompt,
        Answer left,
        Answer right,
        Instant expiresAt,
        int guidelinesVersion) {}
