package dev.ratchet.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The body of {@code application/problem+json} (RFC 9457).
 *
 * @param type {@code urn:ratchet:problem:<type>}
 * @param title what is wrong, the same for every problem of the type
 * @param status HTTP status
 * @param detail what is wrong this time and how to mend it
 * @param errors the fields that were refused; absent unless the problem is one of validation
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(String type, String title, int status, String detail, List<FieldError> errors) {

    /** One refused field. */
    public record FieldError(String field, String message) {}

    static ProblemDetails of(Problem problem) {
        return new ProblemDetails(
                "urn:ratchet:problem:" + problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                List.of());
    }
}
