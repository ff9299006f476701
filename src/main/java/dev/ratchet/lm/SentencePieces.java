package dev.ratchet.lm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges of a vocabulary whose pieces have scores, and the other way round.
 *
 * <p>SentencePiece joins the two neighbours whose joint piece has the highest score. That is byte-pair merging with
 * every way to split a piece into two others as a merge, ordered by the piece's score.
 */
final class SentencePieces {
    /** What stands for a space. */
    static final String SPACE = "\u2581";

    private record Merge(String left, String right, double score) {
        int leftLength() {
            return left.codePointCount(0, left.length());
        }

        int rightLength() {
            return right.codePointCount(0, right.length());
        }
    }

    private SentencePieces() {
    }

    /** Merges in order, the highest score first, each a pair. */
    static List<String[]> merges(List<String> tokens, int[] types, double[] scores) {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < types.length; id++) {
            if (types[id] == GgufVocabulary.NORMAL) {
                ids.put(tokens.get(id), id);
            }
        }
        List<Merge> merges = new ArrayList<>();
        for (int id = 0; id < types.length; id++) {
            if (types[id] == GgufVocabulary.NORMAL) {
                List<Merge> own = splits(tokens.get(id), ids, scores[id]);
                own.sort(Comparator.comparing((Merge m) -> ids.get(m.left)).thenComparing(m -> ids.get(m.right)));
                merges.addAll(own);
            }
        }
        merges.sort(Comparator.comparingDouble(Merge::score).thenComparingInt(Merge::leftLength)
                .thenComparingInt(Merge::rightLength).reversed());
        return merges.stream().map(m -> new String[] {m.left, m.right}).toList();
    }

    /** A score for each token: the earlier a piece is first merged, the higher. */
    static float[] scores(String[] tokens, List<String> merges) {
        Map<String, Float> ranks = new HashMap<>();
        for (int rank = 0; rank < merges.size(); rank++) {
            ranks.putIfAbsent(merges.get(rank).replace(" ", ""), (float) -rank);
        }
        float[] scores = new float[tokens.length];
        for (int id = 0; id < tokens.length; id++) {
            scores[id] = ranks.getOrDefault(tokens[id], (float) -merges.size());
        }
        return scores;
    }

    private static List<Merge> splits(String token, Map<String, Integer> ids, double score) {
        List<Merge> splits = new ArrayList<>();
        for (int at = 0; at < token.length(); at = token.offsetByCodePoints(at, 1)) {
            if (at > 0 && ids.containsKey(token.substring(0, at)) && ids.containsKey(token.substring(at))) {
                splits.add(new Merge(token.substring(0, at), token.substring(at), score));
            }
        }
        return splits;
    }
}
