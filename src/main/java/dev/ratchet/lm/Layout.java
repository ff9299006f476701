package dev.ratchet.lm;

import java.util.Arrays;
import java.util.List;

/** Rows laid out side by side, right-padded to the longest, with what the network must know of each token. */
final class Layout {
    final int rows;
    final int width;
    final int continuations;
    /** [rows, width]: token, position within its own sequence, segment (0 prompt, 1.. continuation, -1 padding). */
    final long[] ids;
    final long[] positions;
    final long[] segments;
    /** For each learned completion token: the flat place of the hidden state that predicts it, its own, itself, and its sequence. */
    final long[] from;
    final long[] own;
    final long[] targets;
    final long[] owner;
    /** For each continuation: the flat place of its last token, and how many learned tokens it has. */
    final long[] last;
    final int[] lengths;
    final int tokens;

    Layout(List<Row> list) {
        rows = list.size();
        width = list.stream().mapToInt(Row::length).max().orElseThrow();
        continuations = list.stream().mapToInt(r -> r.continuations().size()).sum();
        int completionTokens = 0;
        for (Row row : list) {
            for (int i = 0; i < row.continuations().size(); i++) {
                completionTokens += row.outputs(i);
            }
        }
        ids = new long[rows * width];
        positions = new long[rows * width];
        segments = new long[rows * width];
        from = new long[completionTokens];
        own = new long[completionTokens];
        targets = new long[completionTokens];
        owner = new long[completionTokens];
        last = new long[continuations];
        lengths = new int[continuations];
        Arrays.fill(segments, -1);
        int sequence = 0;
        int token = 0;
        for (int row = 0; row < rows; row++) {
            int place = row * width;
            int[] prompt = list.get(row).prompt();
            for (int i = 0; i < prompt.length; i++, place++) {
                ids[place] = prompt[i];
                positions[place] = i;
                segments[place] = 0;
            }
            int lastOfPrompt = place - 1;
            int segment = 1;
            for (int[] continuation : list.get(row).continuations()) {
                for (int i = 0; i < continuation.length; i++, place++) {
                    ids[place] = continuation[i];
                    positions[place] = prompt.length + i;
                    segments[place] = segment;
                    if (!list.get(row).learned(segment - 1, i)) {
                        continue;
                    }
                    from[token] = i == 0 ? lastOfPrompt : place - 1;
                    own[token] = place;
                    targets[token] = continuation[i];
                    owner[token] = sequence;
                    token++;
                }
                last[sequence] = place - 1L;
                lengths[sequence] = list.get(row).outputs(segment - 1);
                sequence++;
                segment++;
            }
        }
        tokens = list.stream().mapToInt(Row::length).sum();
    }
}
