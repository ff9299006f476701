package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Message;
import dev.ratchet.question.Questions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A task with all that was said of it, side by side.
 *
 * @param responses in the order that a lead sees, the same for each lead
 * @param ratings those that stand, the earliest first
 * @param decision null while no lead has decided
 * @param instructionsVersion the version of the questions that a lead answers: the newest
 */
public record AdjudicationCase(
        long taskId,
        List<Message> prompt,
        List<Answer> responses,
        List<Opinion> ratings,
        Decision decision,
        int instructionsVersion,
        Questions questions) {

    /**
     * One reviewer's rating.
     *
     * @param answers to the questions, with sides as the lead sees them
     */
    public record Opinion(
            UUID ratingId, int revision, long accountId, String reviewer, UUID pseudonym, int instructionsVersion,
            Questions questions, JsonNode answers, long activeMillis, Instant ratedAt) {}

    /**
     * What a lead decided last.
     *
     * @param status {@code open}, {@code settled} or {@code dismissed}
     * @param answers null unless settled; with sides as the lead sees them
     */
    public record Decision(
            int revision, UUID decisionId, String status, String reason, JsonNode answers, UUID settledBy, String lead,
            Instant settledAt) {}
}
