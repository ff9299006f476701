package dev.ratchet.platform;

/** The application cannot start; the message is one line that says why and how to mend it. */
public final class StartFailure extends RuntimeException {

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
