package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;

/** The rating form as it was sent; every field is checked before it is used. */
public class RatingForm {
    private static final long A_DAY = 86_400_000L;

    @RestForm
    String ratingId;

    @RestForm
    String assignmentId;

    @RestForm
    String taskId;

    @RestForm
    String leftResponseId;

    @RestForm
    String rightResponseId;

    @RestForm
    String choice;

    @RestForm
    String comment;

    @RestForm
    String activeMillis;

    /** @throws Problem 400 where an id cannot be read, 422 where a value cannot be */
    Submission submission() {
        Choice chosen = Choice.of(choice);
        return new Submission(
                uuid("assignmentId", assignmentId),
                uuid("ratingId", ratingId),
                number("taskId", taskId),
                number("leftResponseId", leftResponseId),
                number("rightResponseId", rightResponseId),
                chosen.verdict(),
                chosen.strength(),
                comment,
                millis());
    }

    UUID assignment() {
        return uuid("assignmentId", assignmentId);
    }

    /** The rating that an undo names; empty when the page showed none. */
    Optional<UUID> rating() {
        return ratingId == null || ratingId.isBlank() ? Optional.empty() : Optional.of(uuid("ratingId", ratingId));
    }

    /** A page without JavaScript sends no time; a clock that ran away counts as a day. */
    private long millis() {
        return activeMillis == null || activeMillis.isBlank()
                ? 0
                : Math.max(0, Math.min(A_DAY, number("activeMillis", activeMillis)));
    }

    private static UUID uuid(String field, String value) {
        try {
            return UUID.fromString(value == null ? "" : value);
        } catch (IllegalArgumentException unreadable) {
            throw unreadable(field);
        }
    }

    private static long number(String field, String value) {
        try {
            return Long.parseLong(value == null ? "" : value);
        } catch (NumberFormatException unreadable) {
            throw unreadable(field);
        }
    }

    private static Problem unreadable(String field) {
        return Problem.badRequest(
                "unreadable-form",
                "The form cannot be read",
                "The field " + field + " is missing or not what the page sent. Nothing was stored; rate the task"
                        + " below.");
    }
}
