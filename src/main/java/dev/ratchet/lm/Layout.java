package dev.ratchet.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows laid out in one stream of tokens, with what the network must know of each.
 *
 * <p>Rows of like length lie together as a bundle, a rectangle right-padded to its longest row, so that little of the
 * stream is padding whatever lengths share a batch. Outputs keep the order in which the rows came.
 */
final class Layout {
    /** A row joins a bundle where at most this share of its place there is padding. */
    private static final double PADDING = 1.0 / 16;
    /** A long stream is filled up to a multiple of this: kernels are compiled for each length that a product meets. */
    private static final int MULTIPLE = 64;

    final int continuations;
    /** Places of the stream. */
    final int size;
    /** [size]: token, position within its own sequence, segment (0 prompt, 1.. continuation, -1 padding). */
    final long[] ids;
    final long[] positions;
    final long[] segments;
    /** [bundles, 3]: rows, width, and 1 where each row has one continuation, so that a plain causal mask will do. */
    final long[] bundles;
    /** For each row: the place of its first token. */
    final int[] first;
    /**
     * For each learned completion token: the place of the hidden state that predicts it, its own, itself, and its
     * sequence.
     */
    final long[] from;
    final long[] own;
    final long[] targets;
    final long[] owner;
    /** For each continuation: the place of its last token, and how many learned tokens it has. */
    final long[] last;
    final int[] lengths;
    /** Tokens, padding left out. */
    final int tokens;

    Layout(List<Row> rows) {
        first = new int[rows.size()];
        List<long[]> rectangles = new ArrayList<>();
        size = bundle(rows, rectangles);
        bundles = rectangles.stream().flatMapToLong(Arrays::stream).toArray();
        continuations = rows.stream().mapToInt(r -> r.continuations().size()).sum();
        int outputs = rows.stream().mapToInt(Decoder.Head.TOKEN_LOG_PROBABILITY::outputs).sum();
        tokens = rows.stream().mapToInt(Row::length).sum();
        ids = new long[size];
        positions = new long[size];
        segments = new long[size];
        from = new long[outputs];
        own = new long[outputs];
        targets = new long[outputs];
        owner = new long[outputs];
        last = new long[continuations];
        lengths = new int[continuations];
        Arrays.fill(segments, -1);
        int sequence = 0;
        int output = 0;
        for (int row = 0; row < first.length; row++) {
            Row each = rows.get(row);
            int[] prompt = each.prompt();
            int place = put(prompt, first[row], 0, 0);
            int lastOfPrompt = place - 1;
            for (int c = 0; c < each.continuations().size(); c++, sequence++) {
                int[] continuation = each.continuations().get(c);
                for (int i = 0; i < continuation.length; i++) {
                    if (each.learned(c, i)) {
                        from[output] = i == 0 ? lastOfPrompt : place + i - 1L;
                        own[output] = place + i;
                        targets[output] = continuation[i];
                        owner[output++] = sequence;
                    }
                }
                place = put(continuation, place, prompt.length, c + 1);
                last[sequence] = place - 1L;
                lengths[sequence] = each.outputs(c);
            }
        }
    }

    /** Gives each row its place, longest first; returns the stream's length. */
    private int bundle(List<Row> rows, List<long[]> rectangles) {
        int[] order = IntStream.range(0, rows.size()).boxed()
                .sorted(Comparator.comparingInt((Integer i) -> rows.get(i).length()).reversed())
                .mapToInt(Integer::intValue).toArray();
        int place = 0;
        for (int begin = 0; begin < order.length;) {
            int width = rows.get(order[begin]).length();
            boolean plain = true;
            int end = begin;
            while (end < order.length && rows.get(order[end]).length() >= width - Math.max(1, width * PADDING)) {
                plain &= rows.get(order[end]).continuations().size() == 1;
                first[order[end++]] = place;
                place += width;
            }
            rectangles.add(new long[] {end - begin, width, plain ? 1 : 0});
            begin = end;
        }
        int fill = (MULTIPLE - place % MULTIPLE) % MULTIPLE;
        if (place > 8 * MULTIPLE && fill > 0) {
            rectangles.add(new long[] {1, fill, 1});
            place += fill;
        }
        return place;
    }

    private int put(int[] text, int place, int position, int segment) {
        for (int i = 0; i < text.length; i++) {
            ids[place + i] = text[i];
            positions[place + i] = position + i;
            segments[place + i] = segment;
        }
        return place + text.length;
    }
}
