package dev.ratchet.lm;

/** A prompt, or a prompt with its reply, is longer than the model's context. */
public final class ContextLengthException extends RuntimeException {
    private final int tokens;
    private final int limit;

    public ContextLengthException(String what, int tokens, int limit) {
        super(what + " has " + tokens + " tokens, but the model's context holds " + limit + ". Shorten it.");
        this.tokens = tokens;
        this.limit = limit;
    }

    public int tokens() {
        return tokens;
    }

    public int limit() {
        return limit;
    }
}
