package dev.ratchet.lm;

import java.util.List;

/** A conversation and the reply that the model shall learn to give. */
public record SupervisedExample(List<Message> conversation, String reply) {
    public SupervisedExample {
        conversation = List.copyOf(conversation);
    }
}
