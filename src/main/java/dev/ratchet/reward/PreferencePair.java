package dev.ratchet.reward;

import dev.ratchet.lm.Message;
import java.util.List;
import java.util.Objects;

/**
 * Two replies to one conversation, of which the first is preferred.
 *
 * @param weight how much the pair counts, positive
 * @param margin how clearly the first is preferred, 0 or more; added to what the difference of rewards must reach
 */
public record PreferencePair(List<Message> conversation, String chosen, String rejected, double weight,
        double margin) {
    public PreferencePair {
        conversation = List.copyOf(conversation);
        Objects.requireNonNull(chosen, "chosen");
        Objects.requireNonNull(rejected, "rejected");
        if (!(weight > 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("The weight of a pair must be positive, but is " + weight + ".");
        }
        if (!(margin >= 0) || !Double.isFinite(margin)) {
            throw new IllegalArgumentException("The margin of a pair must be 0 or more, but is " + margin + ".");
        }
    }

    public PreferencePair(List<Message> conversation, String chosen, String rejected) {
        this(conversation, chosen, rejected, 1, 0);
    }
}
