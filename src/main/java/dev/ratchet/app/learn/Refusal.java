package dev.ratchet.app.learn;

/** What a command was given cannot be used; the message says what and how to mend it, and the exit code is 2. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message);
    }
}
