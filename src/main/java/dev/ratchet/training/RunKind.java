package dev.ratchet.training;

import java.util.Locale;

/** What a run does. */
public enum RunKind {
    /** Fine-tunes the champion on the answers that people chose. */
    SUPERVISED,
    /** Trains a reward model on people's pairs. */
    REWARD,
    /** Optimises the champion on people's pairs and on pairs that a reward model labels. */
    PREFERENCE,
    /** Samples a candidate and the champion on held-out prompts, and measures both. */
    EVALUATION;

    /** The value in the database, in specs and in the API. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this {@link #code()}. */
    public static RunKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
