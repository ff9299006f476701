package dev.ratchet.reward;

import dev.ratchet.lm.Message;
import java.util.List;

/** A conversation and a reply to be scored. */
public record Judged(List<Message> conversation, String reply) {
    public Judged {
        conversation = List.copyOf(conversation);
    }
}
