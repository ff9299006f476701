package dev.ratchet.stats;

import java.util.Collection;

/**
 * Sample quantiles by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, as NumPy and R
 * have it).
 */
public final class Quantile {

    private Quantile() {}

    /** @param sorted ascending, at least one value */
    public static double ofSorted(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    static double median(Collection<Double> values) {
        return ofSorted(values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 0.5);
    }
}
