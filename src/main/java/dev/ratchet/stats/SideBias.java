package dev.ratchet.stats;

/**
 * How often a reviewer chose the answer shown on the left; where the order is drawn it should be half the time.
 *
 * @param left choices of the left answer
 * @param choices choices of either answer, ties left out
 * @param share of left choices, with Wilson's 95% interval
 * @param probability of a split as uneven as this by chance (exact binomial test, two-sided)
 */
public record SideBias(int left, int choices, Interval share, double probability) {

    /** @param choices at least 1 */
    public static SideBias of(int left, int choices) {
        return new SideBias(left, choices, Proportions.wilson(left, choices),
                SignificanceTests.binomialAgainstHalf(left, choices));
    }
}
