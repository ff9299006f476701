package dev.ratchet.intake.format;

import java.util.ArrayList;
import java.util.List;

/** What several annotators of another tool said of the same answers, two by two. */
final class Votes {
    private final int[][] better;

    Votes(int answers) {
        better = new int[answers][answers];
    }

    /** One annotator holds an answer for better than another. */
    void prefer(int chosen, int rejected) {
        if (chosen != rejected) {
            better[chosen][rejected]++;
        }
    }

    /** One annotator holds an answer for the best. */
    void best(int chosen) {
        for (int other = 0; other < better.length; other++) {
            prefer(chosen, other);
        }
    }

    /** One annotator's ranks; a lower one is better, null is none. */
    void ranks(List<Double> ranks) {
        for (int one = 0; one < ranks.size(); one++) {
            for (int other = 0; other < ranks.size(); other++) {
                if (ranks.get(one) != null && ranks.get(other) != null && ranks.get(one) < ranks.get(other)) {
                    prefer(one, other);
                }
            }
        }
    }

    /** The pairs that a majority tells apart; each weighs as much as the share of those who told it so. */
    List<Entry.Preferred> pairs() {
        List<Entry.Preferred> pairs = new ArrayList<>();
        for (int one = 0; one < better.length; one++) {
            for (int other = one + 1; other < better.length; other++) {
                int here = better[one][other];
                int there = better[other][one];
                if (here != there) {
                    double weight = (double) Math.max(here, there) / (here + there);
                    pairs.add(here > there ? new Entry.Preferred(one, other, weight, 0)
                            : new Entry.Preferred(other, one, weight, 0));
                }
            }
        }
        return pairs;
    }
}
