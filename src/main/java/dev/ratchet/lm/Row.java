package dev.ratchet.lm;

import java.util.List;

/**
 * A prompt and continuations that share it: it is computed once, and no continuation sees another.
 *
 * @param learned which tokens of each continuation are learned from; the others are seen, but give no output, as a
 *     user's turns between an assistant's. Empty for all tokens
 */
public record Row(int[] prompt, List<int[]> continuations, List<boolean[]> learned) {
    public Row {
        continuations = List.copyOf(continuations);
        learned = List.copyOf(learned);
        if (prompt.length == 0 || continuations.isEmpty() || continuations.stream().anyMatch(c -> c.length == 0)) {
            throw new IllegalArgumentException("A row needs a prompt and continuations of at least one token each.");
        }
        if (!learned.isEmpty() && learned.size() != continuations.size()) {
            throw new IllegalArgumentException("A row needs one mask of learned tokens for each continuation, or"
                    + " none.");
        }
        for (int i = 0; i < learned.size(); i++) {
            if (learned.get(i).length != continuations.get(i).length || count(learned.get(i)) == 0) {
                throw new IllegalArgumentException("A mask of learned tokens is as long as its continuation and has at"
                        + " least one token in it.");
            }
        }
    }

    /** A row all of whose continuations' tokens are learned. */
    public Row(int[] prompt, List<int[]> continuations) {
        this(prompt, continuations, List.of());
    }

    /** An example's row. */
    public static Row of(Example example) {
        return new Row(example.prompt(), List.of(example.completion()),
                example.learned().length == 0 ? List.of() : List.of(example.learned()));
    }

    private static int count(boolean[] mask) {
        int count = 0;
        for (boolean each : mask) {
            count += each ? 1 : 0;
        }
        return count;
    }

    /** Tokens of the prompt and of all continuations. */
    public int length() {
        return prompt.length + continuations.stream().mapToInt(c -> c.length).sum();
    }

    /** Learned tokens of a continuation. */
    public int outputs(int continuation) {
        return learned.isEmpty() ? continuations.get(continuation).length : count(learned.get(continuation));
    }

    boolean learned(int continuation, int token) {
        return learned.isEmpty() || learned.get(continuation)[token];
    }

    /** The longest position that any continuation reaches. */
    int reach() {
        return prompt.length + continuations.stream().mapToInt(c -> c.length).max().orElse(0);
    }
}
