package dev.ratchet.lm;

/**
 * A prompt and one continuation of it as tokens; the continuation holds its end-of-text token where it has one.
 *
 * @param learned which of the completion's tokens are learned from; empty for all
 */
public record Example(int[] prompt, int[] completion, boolean[] learned) {
    public Example {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("A prompt needs at least one token: nothing predicts the first one.");
        }
        if (completion.length == 0) {
            throw new IllegalArgumentException("A completion needs at least one token.");
        }
        if (learned.length != 0 && learned.length != completion.length) {
            throw new IllegalArgumentException("A mask of learned tokens is as long as its completion.");
        }
    }

    /** An example all of whose completion is learned. */
    public Example(int[] prompt, int[] completion) {
        this(prompt, completion, new boolean[0]);
    }

    public int length() {
        return prompt.length + completion.length;
    }

    /** How many of the completion's tokens are learned. */
    public int outputs() {
        int count = 0;
        for (boolean each : learned) {
            count += each ? 1 : 0;
        }
        return learned.length == 0 ? completion.length : count;
    }
}
