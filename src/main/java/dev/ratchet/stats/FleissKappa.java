package dev.ratchet.stats;

import java.util.Collection;

/**
 * Fleiss' kappa (1971) for categories and any number of raters. Where units have unequal numbers of ratings it is
 * Gwet's generalisation (Handbook of Inter-Rater Reliability, 2014): agreement is the mean over units of the share of
 * agreeing pairs, chance comes from the mean over units of each category's share. Units with a single rating are left
 * out.
 */
public final class FleissKappa implements AgreementStatistic {
    private final RatedUnits data;

    /** Values are compared for equality alone; at most one per rater and unit. */
    public FleissKappa(Collection<UnitRating> ratings) {
        this(RatedUnits.withAtLeast(2, ratings));
    }

    private FleissKappa(RatedUnits data) {
        this.data = data;
    }

    /** From counts: per unit, how many raters chose each category; each row sums to two or more. */
    public static FleissKappa ofCounts(int[][] counts) {
        RatedUnits units = RatedUnits.ofCounts(counts);
        for (int[] unit : units.units()) {
            if (unit.length < 2) {
                throw new IllegalArgumentException("Each unit needs two ratings or more: leave out the others.");
            }
        }
        return new FleissKappa(units);
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
        double[] shares = new double[data.levels().length];
        double agreement = 0;
        long total = 0;
        for (int unit = 0; unit < weights.length; unit++) {
            int[] values = data.units()[unit];
            int agreeing = 0;
            for (int i = 0; i < values.length; i++) {
                shares[values[i]] += (double) weights[unit] / values.length;
                for (int j = 0; j < i; j++) {
                    agreeing += values[i] == values[j] ? 1 : 0;
                }
            }
            agreement += weights[unit] * 2.0 * agreeing / (values.length * (values.length - 1.0));
            total += weights[unit];
        }
        if (total == 0) {
            return Coefficient.undefined(Undefined.NO_OVERLAP);
        }
        int used = 0;
        double chance = 0;
        for (double share : shares) {
            used += share > 0 ? 1 : 0;
            chance += share / total * (share / total);
        }
        return used < 2 ? Coefficient.undefined(Undefined.NO_VARIATION)
                : Coefficient.of((agreement / total - chance) / (1 - chance));
    }
}
