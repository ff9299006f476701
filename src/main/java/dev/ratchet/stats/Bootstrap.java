package dev.ratchet.stats;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Percentile intervals at 95% by drawing whole units again with replacement (Efron and Tibshirani 1993): a unit's
 * ratings stay together, for they depend on each other.
 *
 * @param resamples how many times the units are drawn; 1000 gives ends that are stable to about a hundredth of the
 * width
 * @param seed the same seed gives the same interval
 */
public record Bootstrap(int resamples, long seed) {
    /** Share of resamples that must have a value. */
    static final double DEFINED = 0.95;

    public Bootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException(
                    "A percentile interval needs 100 resamples or more, not " + resamples + ".");
        }
    }

    /**
     * The statistic's interval; none where it is undefined, where there are fewer than two units, where more than a
     * twentieth of the resamples leave it undefined, or where all resamples agree to the last digit and so say
     * nothing of the spread (two raters that never differed yet).
     */
    public Optional<Interval> interval(AgreementStatistic statistic) {
        Coefficient estimate = statistic.value();
        if (!estimate.isDefined() || statistic.units() < 2) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = IntStream.range(0, resamples)
                .mapToObj(resample -> statistic.weighted(draw(random, statistic.units())).value())
                .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).sorted().toArray();
        if (values.length < DEFINED * resamples || values[0] == values[values.length - 1]) {
            return Optional.empty();
        }
        return Optional.of(new Interval(
                estimate.value().getAsDouble(), Quantile.ofSorted(values, 0.025), Quantile.ofSorted(values, 0.975)));
    }

    private static int[] draw(SplittableRandom random, int units) {
        int[] weights = new int[units];
        for (int i = 0; i < units; i++) {
            weights[random.nextInt(units)]++;
        }
        return weights;
    }
}
