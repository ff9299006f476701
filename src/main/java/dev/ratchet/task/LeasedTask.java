package dev.ratchet.task;

import dev.ratchet.lm.Message;
import dev.ratchet.question.Questions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A task that waits for one reviewer's answers.
 *
 * @param assignmentId the lease
 * @param prompt the conversation that the responses continue
 * @param responses in the order to show: it was drawn once, at the first lease
 * @param expiresAt from then on the task goes to somebody else, and a submission is refused
 * @param instructionsVersion the version of guidelines and questions to answer
 * @param questions those of the version
 */
public record LeasedTask(
        UUID assignmentId,
        long taskId,
        List<Message> prompt,
        List<Answer> responses,
        Instant expiresAt,
        int instructionsVersion,
        Questions questions) {}
