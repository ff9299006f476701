package dev.ratchet.lm;

import java.util.List;

/** One turn of a conversation: a role ({@code system}, {@code user}, {@code assistant}) and what it said. */
public record Message(String role, String content) {
    /** The role of a text that is no conversation's turn: it goes to the model as it stands, without a template. */
    public static final String TEXT = "text";

    public static Message user(String content) {
        return new Message("user", content);
    }

    public static Message assistant(String content) {
        return new Message("assistant", content);
    }

    /** A prompt that is plain text: the only message of its conversation; special tokens in it are recognised. */
    public static Message text(String content) {
        return new Message(TEXT, content);
    }

    /** Whether a conversation is plain text: nothing, or one message of the role {@link #TEXT}. */
    public static boolean isText(List<Message> conversation) {
        return conversation.isEmpty() || conversation.size() == 1 && conversation.get(0).role().equals(TEXT);
    }
}
