package dev.ratchet.lm;

import dev.ratchet.lm.jinja.Rendering;
import dev.ratchet.lm.jinja.Rendering.Span;
import dev.ratchet.lm.jinja.TemplateException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * A whole dialogue as tokens, with those of the assistant's turns marked as learned.
 *
 * <p>A seam between what is learned and what is not is a seam between tokens, as it is where the model is asked.
 *
 * @param encode tokens of a rendering's beginning, with what the tokenizer puts before a text
 * @param encodePart tokens of a part from within
 */
record DialogueTokens(Function<String, int[]> encode, Function<String, int[]> encodePart, IntPredicate isEnd,
        int endToken) {

    /**
     * The dialogue of a rendering and its assistant's parts; its prompt is what stands before the first learned token.
     */
    Example example(Rendering whole, List<Span> spans) {
        if (spans.isEmpty()) {
            throw new TemplateException("The chat template marks nothing of this conversation as the assistant's.");
        }
        int[] starts = new int[spans.size()];
        int[] ends = new int[spans.size()];
        int[] tokens = new int[0];
        int from = 0;
        for (int i = 0; i < spans.size(); i++) {
            tokens = extended(tokens, whole.text(), from, spans.get(i).begin());
            starts[i] = tokens.length;
            tokens = extended(tokens, whole.text(), spans.get(i).begin(), spans.get(i).end());
            // Marks are followed to the letter; without any, a turn ends with its end token.
            ends[i] = whole.generated().isEmpty() ? afterEnd(tokens, starts[i]) : tokens.length;
            from = spans.get(i).end();
        }
        return masked(ended(tokens, starts, ends), starts, ends);
    }

    /** Tokens up to a place, given those up to an earlier one; a seam is kept where encoding would merge it. */
    private int[] extended(int[] tokens, String text, int from, int to) {
        int[] both = encode.apply(text.substring(0, to));
        return ConversationEncoder.startsWith(both, tokens) ? both
                : ConversationEncoder.concat(tokens, encodePart.apply(text.substring(from, to)));
    }

    private int afterEnd(int[] tokens, int from) {
        for (int i = from; i < tokens.length; i++) {
            if (isEnd.test(tokens[i])) {
                return i + 1;
            }
        }
        return tokens.length;
    }

    /** The tokens up to the end of the last turn, which is given an end token where it has none. */
    private int[] ended(int[] tokens, int[] starts, int[] ends) {
        int last = ends.length - 1;
        int[] kept = Arrays.copyOf(tokens, ends[last]);
        if (endToken >= 0 && Arrays.stream(kept, starts[last], ends[last]).noneMatch(isEnd)) {
            kept = ConversationEncoder.concat(kept, new int[] {endToken});
            ends[last]++;
        }
        return kept;
    }

    private static Example masked(int[] tokens, int[] starts, int[] ends) {
        int first = starts[0];
        boolean[] learned = new boolean[tokens.length - first];
        for (int i = 0; i < starts.length; i++) {
            Arrays.fill(learned, starts[i] - first, ends[i] - first, true);
        }
        return new Example(Arrays.copyOf(tokens, first), Arrays.copyOfRange(tokens, first, tokens.length), learned);
    }
}
