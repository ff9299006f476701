package dev.ratchet.reward;

import java.util.Arrays;

/** How much each example of a data set counts beside the others: relative to their mean, whatever shares its step. */
public final class ExampleWeights {
    private ExampleWeights() {
    }

    /** The weights over their mean, so that a data set of equal ones has ones. */
    public static double[] normalised(double[] weights) {
        double mean = Arrays.stream(weights).sum() / weights.length;
        return Arrays.stream(weights).map(weight -> weight / mean).toArray();
    }
}
