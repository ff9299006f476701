package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/**
 * A rating on its way in.
 *
 * @param ratingId made by the client: sending the same submission again stores nothing new
 * @param responseIds the responses in the order in which they were shown, as leased
 * @param answers by the question's name
 * @param activeMillis how long the reviewer worked on the task
 */
public record Submission(
        UUID assignmentId, UUID ratingId, long taskId, List<Long> responseIds, JsonNode answers, long activeMillis) {}
