package dev.ratchet.stats;

/** Intervals for shares of independent trials. */
public final class Proportions {

    private Proportions() {}

    /**
     * Wilson's score interval at 95% (Wilson 1927), which keeps its coverage near 0 and 1.
     *
     * @param successes number of successes, ties counted as halves
     * @param trials number of trials above 0; a fraction where trials are worth less than a whole one
     */
    public static Interval wilson(double successes, double trials) {
        if (!(trials > 0) || !(successes >= 0) || !(successes <= trials)) {
            throw new IllegalArgumentException("Need 0 <= successes <= trials and trials > 0, not %s of %s."
                    .formatted(successes, trials));
        }
        double share = successes / trials;
        double z2 = Interval.Z95 * Interval.Z95;
        double denominator = 1 + z2 / trials;
        double centre = (share + z2 / (2 * trials)) / denominator;
        double halfWidth =
                Interval.Z95 * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials)) / denominator;
        return new Interval(share, Math.max(0, centre - halfWidth), Math.min(1, centre + halfWidth));
    }
}
