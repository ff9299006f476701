package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * A stored rating.
 *
 * @param revision 1 for the first; an edit or undo adds one
 * @param answers by the question's name
 */
public record Rated(UUID ratingId, int revision, long taskId, JsonNode answers, Instant ratedAt) {}
