package dev.ratchet.stats;

import java.util.Collection;

/**
 * Krippendorff's alpha: one minus observed over expected disagreement, for any number of raters, with missing ratings
 * (Krippendorff 2011). Units with a single rating are left out, as the definition asks.
 */
public final class KrippendorffAlpha implements AgreementStatistic {
    private final Metric metric;
    private final RatedUnits data;

    /**
     * @param ratings at most one per rater and unit
     * @param metric the level of measurement; {@link Metric#RATIO} refuses negative values
     */
    public KrippendorffAlpha(Collection<UnitRating> ratings, Metric metric) {
        this.metric = metric;
        data = RatedUnits.withAtLeast(2, ratings);
        if (metric == Metric.RATIO && data.levels().length > 0 && data.levels()[0] < 0) {
            throw new IllegalArgumentException("A ratio scale has no negative values, but %s occurs: use INTERVAL."
                    .formatted(data.levels()[0]));
        }
    }

    @Override
    public int units() {
        return data.units().length;
    }

    @Override
    public int raters() {
        return data.raters();
    }

    @Override
    public int ratings() {
        return data.ratings();
    }

    @Override
    public Coefficient weighted(int[] weights) {
        double[] counts = counts(weights);
        double total = 0;
        int used = 0;
        for (double count : counts) {
            total += count;
            used += count > 0 ? 1 : 0;
        }
        if (used < 2) {
            return Coefficient.undefined(used == 0 ? Undefined.NO_OVERLAP : Undefined.NO_VARIATION);
        }
        double[] positions = metric.positions(data.levels(), counts);
        // Both sums run over unordered pairs, so that the factor 2 cancels.
        return Coefficient.of(1 - (total - 1) * observed(weights, positions) / expected(counts, positions));
    }

    private double[] counts(int[] weights) {
        double[] counts = new double[data.levels().length];
        for (int unit = 0; unit < weights.length; unit++) {
            for (int level : data.units()[unit]) {
                counts[level] += weights[unit];
            }
        }
        return counts;
    }

    private double observed(int[] weights, double[] positions) {
        double sum = 0;
        for (int unit = 0; unit < weights.length; unit++) {
            int[] values = data.units()[unit];
            double within = 0;
            for (int i = 0; i < values.length; i++) {
                for (int j = 0; j < i; j++) {
                    within += metric.squaredDifference(positions[values[i]], positions[values[j]]);
                }
            }
            sum += weights[unit] * within / (values.length - 1);
        }
        return sum;
    }

    private double expected(double[] counts, double[] positions) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += counts[i] * counts[j] * metric.squaredDifference(positions[i], positions[j]);
            }
        }
        return sum;
    }
}
