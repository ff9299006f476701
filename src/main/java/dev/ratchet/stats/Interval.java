package dev.ratchet.stats;

/** An estimate with its 95% interval. */
public record Interval(double estimate, double low, double high) {

    /** Two-sided 95% quantile of the standard normal distribution. */
    static final double Z95 = 1.959963984540054;

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("An interval needs low <= high, not %s and %s.".formatted(low, high));
        }
    }
}
