package dev.ratchet.stats;

import java.util.Arrays;

/** A coefficient of agreement over a fixed set of units that can be asked again with other weights of the units. */
public interface AgreementStatistic {

    /** Number of units that bear on it: those with two ratings or more. */
    int units();

    /** Number of raters of these units. */
    int raters();

    /** Number of ratings of these units. */
    int ratings();

    /**
     * The coefficient where each unit counts so many times.
     *
     * @param weights one count per unit, at least 0
     */
    Coefficient weighted(int[] weights);

    /** The coefficient where each unit counts once. */
    default Coefficient value() {
        int[] once = new int[units()];
        Arrays.fill(once, 1);
        return weighted(once);
    }
}
