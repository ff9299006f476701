package dev.ratchet.lm;

import java.util.List;

/** A prompt and continuations that share it: it is computed once, and no continuation sees another. */
public record Row(int[] prompt, List<int[]> continuations) {
    public Row {
        continuations = List.copyOf(continuations);
        if (prompt.length == 0 || continuations.isEmpty() || continuations.stream().anyMatch(c -> c.length == 0)) {
            throw new IllegalArgumentException("A row needs a prompt and continuations of at least one token each.");
        }
    }

    static Row of(Example example) {
        return new Row(example.prompt(), List.of(example.completion()));
    }

    /** Tokens of the prompt and of all continuations. */
    public int length() {
        return prompt.length + continuations.stream().mapToInt(c -> c.length).sum();
    }

    /** The longest position that any continuation reaches. */
    int reach() {
        return prompt.length + continuations.stream().mapToInt(c -> c.length).max().orElse(0);
    }
}
