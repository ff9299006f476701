package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.question.Questions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rating page's forms as they were sent; every field is checked before it is used. */
final class RatingForm {
    private static final long A_DAY = 86_400_000L;

    private final MultivaluedMap<String, String> fields;

    RatingForm(MultivaluedMap<String, String> fields) {
        this.fields = fields;
    }

    /**
     * The submission, its answers read as the questions say.
     *
     * @throws Problem 400 where an id cannot be read, 422 where a value cannot be
     */
    Submission submission(Questions questions) {
        List<Long> responses = responses();
        return new Submission(assignment(), uuid("ratingId"), task(), responses,
                FormAnswers.read(questions, responses, fields), millis());
    }

    UUID assignment() {
        return uuid("assignmentId");
    }

    long task() {
        return number("taskId", fields.getFirst("taskId"));
    }

    /** The rating that an undo names; empty when the page showed none. */
    Optional<UUID> rating() {
        String id = fields.getFirst("ratingId");
        return id == null || id.isBlank() ? Optional.empty() : Optional.of(uuid("ratingId"));
    }

    /** Why a task is skipped: a reason of the menu, words, or both; null for no reason. */
    String reason() {
        String said = Stream.of("why", "reason").map(fields::getFirst)
                .filter(part -> part != null && !part.isBlank()).map(String::strip).collect(Collectors.joining(": "));
        return said.isEmpty() ? null : said;
    }

    /** The responses in the order that the page showed. */
    List<Long> responses() {
        String ids = fields.getFirst("responseIds");
        return Arrays.stream((ids == null ? "" : ids).split(",")).map(id -> number("responseIds", id)).toList();
    }

    /** A page without JavaScript sends no time; a clock that ran away counts as a day. */
    private long millis() {
        String millis = fields.getFirst("activeMillis");
        return millis == null || millis.isBlank()
                ? 0
                : Math.max(0, Math.min(A_DAY, number("activeMillis", millis)));
    }

    private UUID uuid(String field) {
        try {
            String value = fields.getFirst(field);
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
