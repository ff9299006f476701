package dev.ratchet.stats;

import java.util.Arrays;
import java.util.Comparator;

/** Probabilities of seeing so much by chance alone. */
final class SignificanceTests {

    private SignificanceTests() {}

    /**
     * Exact two-sided binomial test of a share against one half: the probability of a split as uneven as this or more
     * so.
     *
     * @param successes 0 to trials
     */
    static double binomialAgainstHalf(int successes, int trials) {
        int few = Math.min(successes, trials - successes);
        if (few < 0) {
            throw new IllegalArgumentException(
                    "Need 0 <= successes <= trials, not %d of %d.".formatted(successes, trials));
        }
        double logProbability = -trials * Math.log(2);
        for (int i = 1; i <= few; i++) {
            logProbability += Math.log((double) (trials - few + i) / i);
        }
        double probability = Math.exp(logProbability);
        double tail = 0;
        for (int i = few; i >= 0 && probability > 0; i--) {
            tail += probability;
            probability *= i / (trials - i + 1.0);
        }
        return Math.min(1, 2 * tail);
    }

    /**
     * Score test that a share is no smaller than a bound, the one that Wilson's interval inverts: the probability of
     * a share as small as this or smaller at the bound.
     *
     * @param trials above 0, possibly a fraction; 0 tells nothing
     */
    static double below(double share, double bound, double trials) {
        double variance = bound * (1 - bound);
        if (variance == 0) {
            return share < bound ? 0 : 1;
        }
        return normal((share - bound) * Math.sqrt(trials / variance));
    }

    /** Standard normal distribution function, by the series of Marsaglia (2004), absolutely exact to 1e-15. */
    static double normal(double z) {
        if (Math.abs(z) > 8) {
            return z > 0 ? 1 : 0;
        }
        double sum = z;
        double before = 0;
        double term = z;
        for (int i = 3; sum != before; i += 2) {
            before = sum;
            term *= z * z / i;
            sum += term;
        }
        return Math.max(0, 0.5 + sum * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI));
    }

    /** Holm's (1979) step-down adjustment: p-values that hold for all of these tests together, in the given order. */
    static double[] holm(double[] probabilities) {
        Integer[] order = new Integer[probabilities.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        double[] adjusted = new double[probabilities.length];
        double least = 0;
        for (int rank = 0; rank < order.length; rank++) {
            least = Math.max(least, Math.min(1, (order.length - rank) * probabilities[order[rank]]));
            adjusted[order[rank]] = least;
        }
        return adjusted;
    }
}
