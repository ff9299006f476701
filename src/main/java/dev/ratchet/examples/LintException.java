package dev.ratchet.examples;

/** Data that cannot be learned from as it is: the message names rows and reasons. */
public final class LintException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LintException(String message) {
        super(message);
    }
}
