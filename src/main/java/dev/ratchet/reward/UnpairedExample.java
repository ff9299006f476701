package dev.ratchet.reward;

import dev.ratchet.lm.Message;
import java.util.List;
import java.util.Objects;

/**
 * A reply to a conversation that was judged on its own.
 *
 * @param desirable whether the reply is one to give more often
 * @param weight how much the example counts, positive
 */
public record UnpairedExample(List<Message> conversation, String reply, boolean desirable, double weight) {
    public UnpairedExample {
        conversation = List.copyOf(conversation);
        Objects.requireNonNull(reply, "reply");
        if (!(weight > 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("The weight of an example must be positive, but is " + weight + ".");
        }
    }

    public UnpairedExample(List<Message> conversation, String reply, boolean desirable) {
        this(conversation, reply, desirable, 1);
    }
}
