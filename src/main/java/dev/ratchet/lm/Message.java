package dev.ratchet.lm;

/** One turn of a conversation: a role ({@code system}, {@code user}, {@code assistant}) and what it said. */
public record Message(String role, String content) {
    public static Message user(String content) {
        return new Message("user", content);
    }

    public static Message assistant(String content) {
        return new Message("assistant", content);
    }
}
