package dev.ratchet.lm;

/** A prompt and one continuation of it as tokens; the continuation holds its end-of-text token where it has one. */
public record Example(int[] prompt, int[] completion) {
    public Example {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("A prompt needs at least one token: nothing predicts the first one.");
        }
        if (completion.length == 0) {
            throw new IllegalArgumentException("A completion needs at least one token.");
        }
    }

    public int length() {
        return prompt.length + completion.length;
    }
}
