package dev.ratchet.serving;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A refusal of the OpenAI-compatible interface; its body is OpenAI's error object and problem details in one. */
public final class ApiError extends RuntimeException {
    private final int status;
    private final String code;
    private final String param;

    /**
     * @param code stable kebab-case name; also {@code urn:ratchet:problem:<code>}
     * @param param the field at fault; null if none is
     */
    ApiError(int status, String code, String param, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.param = param;
    }

    public int status() {
        return status;
    }

    Body body() {
        return new Body(
                "urn:ratchet:problem:" + code,
                "The request cannot be answered",
                status,
                getMessage(),
                new Body.Error(getMessage(), status < 500 ? "invalid_request_error" : "server_error", param, code));
    }

    /** The body of a refusal. */
    public record Body(String type, String title, int status, String detail, Error error) {

        /** What OpenAI's clients read. */
        @JsonInclude(JsonInclude.Include.ALWAYS)
        public record Error(String message, String type, String param, String code) {}
    }
}
