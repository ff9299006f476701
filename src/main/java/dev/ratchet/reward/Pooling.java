package dev.ratchet.reward;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.ModelFormatException;
import java.util.Locale;

/** How a reply's reward is read from the hidden states of its tokens, the end-of-text token among them. */
public enum Pooling {
    /** The head on the last token's state, as transformers' sequence classifiers do it. */
    LAST(Decoder.Head.REWARD),
    /** The mean of the head over all tokens of the reply: less noisy for a small network with few pairs. */
    MEAN(Decoder.Head.MEAN_REWARD);

    private final Decoder.Head head;

    Pooling(Decoder.Head head) {
        this.head = head;
    }

    Decoder.Head head() {
        return head;
    }

    /** The value in {@code config.json} and in manifests. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ModelFormatException if no pooling has this code */
    public static Pooling of(String code) {
        for (Pooling pooling : values()) {
            if (pooling.code().equals(code)) {
                return pooling;
            }
        }
        throw new ModelFormatException("The reward model pools by '" + code + "'; known are last and mean.");
    }
}
