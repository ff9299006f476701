package dev.ratchet.lm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plain texts as rows to learn from: every token of every text once, several texts to a row, none seeing another.
 *
 * <p>A text begins after the tokenizer's own prefix, or after an end token where it has none, and ends with an end
 * token. One that is too long for a row is cut into pieces, each of which begins as a text does. Pieces are packed
 * best-fit, longest first, so that rows are nearly full.
 */
public final class PackedText {
    private PackedText() {
    }

    /**
     * Packs texts.
     *
     * @param length most tokens of a row, at most the model's context
     * @throws IllegalArgumentException where the length leaves no room or a text is blank
     */
    public static List<Row> rows(LanguageModel model, List<String> texts, int length) {
        int[] begin = model.tokenizer().prefix();
        List<Integer> ends = model.config().endTokens();
        if (begin.length == 0) {
            if (ends.isEmpty()) {
                throw new IllegalArgumentException("The model has neither a prefix nor an end token to begin a text"
                        + " with.");
            }
            begin = new int[] {ends.get(0)};
        }
        if (length <= begin.length || length > model.contextLength()) {
            throw new IllegalArgumentException("The length of a row must lie between " + (begin.length + 1)
                    + " and the context of " + model.contextLength() + " tokens.");
        }
        List<int[]> pieces = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                throw new IllegalArgumentException("Text " + (i + 1) + " is blank.");
            }
            int[] tokens = model.tokenizer().encodeForeign(texts.get(i));
            if (!ends.isEmpty()) {
                tokens = Arrays.copyOf(tokens, tokens.length + 1);
                tokens[tokens.length - 1] = ends.get(0);
            }
            for (int from = 0; from < tokens.length; from += length - begin.length) {
                pieces.add(Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + length - begin.length)));
            }
        }
        return pack(begin, pieces, length - begin.length);
    }

    private static List<Row> pack(int[] begin, List<int[]> pieces, int room) {
        List<int[]> longestFirst = new ArrayList<>(pieces);
        longestFirst.sort(Comparator.comparingInt((int[] p) -> p.length).reversed());
        List<List<int[]>> rows = new ArrayList<>();
        // Rows by the room that they have left.
        TreeMap<Integer, Deque<List<int[]>>> open = new TreeMap<>();
        for (int[] piece : longestFirst) {
            Map.Entry<Integer, Deque<List<int[]>>> fit = open.ceilingEntry(piece.length);
            int left = room;
            List<int[]> row;
            if (fit == null) {
                row = new ArrayList<>();
                rows.add(row);
            } else {
                left = fit.getKey();
                row = fit.getValue().poll();
                if (fit.getValue().isEmpty()) {
                    open.remove(left);
                }
            }
            row.add(piece);
            open.computeIfAbsent(left - piece.length, l -> new ArrayDeque<>()).add(row);
        }
        return rows.stream().map(row -> new Row(begin, row)).toList();
    }
}
