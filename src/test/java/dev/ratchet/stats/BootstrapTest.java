package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1000, 7);

    /**
     * Raters who report the unit's true class with a probability, and else toss a coin: nominal agreement in truth is
     * its square.
     */
    private static List<UnitRating> noisy(int units, int raters, double faithful, long seed) {
        Random random = new Random(seed);
        List<UnitRating> ratings = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            int truth = random.nextInt(2);
            for (int rater = 0; rater < raters; rater++) {
                int value = random.nextDouble() < faithful ? truth : random.nextInt(2);
                ratings.add(new UnitRating("u" + unit, "r" + rater, value));
            }
        }
        return ratings;
    }

    @Test
    void theIntervalHoldsTheTruthAboutNineteenTimesInTwenty() {
        int held = 0;
        for (int seed = 0; seed < 200; seed++) {
            KrippendorffAlpha alpha = new KrippendorffAlpha(noisy(60, 3, 0.7, seed), Metric.NOMINAL);
            Interval interval = new Bootstrap(400, seed).interval(alpha).orElseThrow();
            held += interval.low() <= 0.49 && 0.49 <= interval.high() ? 1 : 0;
        }
        assertThat(held / 200.0).isBetween(0.90, 0.99);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        FleissKappa kappa = new FleissKappa(noisy(50, 3, 0.6, 1));
        Interval interval = BOOTSTRAP.interval(kappa).orElseThrow();
        assertThat(BOOTSTRAP.interval(kappa)).contains(interval);
        assertThat(new Bootstrap(1000, 8).interval(kappa)).isNotEqualTo(interval);
        assertThat(interval.low()).isLessThan(interval.estimate());
        assertThat(interval.high()).isGreaterThan(interval.estimate());
    }

    @Test
    void theIntervalOfTwoRatersIsThatOfTheLargeSampleFormula() {
        // Fleiss, Cohen and Everitt (1969) for [[45, 15], [25, 15]] x 5 ratings.
        int[][] table = {{225, 75}, {125, 75}};
        Interval interval = new Bootstrap(4000, 3).interval(CohenKappa.ofTable(table)).orElseThrow();
        double error = deltaMethodError(table);
        assertThat((interval.high() - interval.low()) / (2 * Interval.Z95)).isCloseTo(error, within(0.05 * error));
    }

    private static double deltaMethodError(int[][] table) {
        double total = 500;
        double agreeing = 0;
        double chance = 0;
        double[] rows = new double[2];
        double[] columns = new double[2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                rows[i] += table[i][j] / total;
                columns[j] += table[i][j] / total;
            }
        }
        for (int i = 0; i < 2; i++) {
            agreeing += table[i][i] / total;
            chance += rows[i] * columns[i];
        }
        double kappa = (agreeing - chance) / (1 - chance);
        double sum = -Math.pow(kappa - chance * (1 - kappa), 2);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double term = i == j ? 1 - (rows[i] + columns[i]) * (1 - kappa)
                        : (1 - kappa) * (columns[i] + rows[j]);
                sum += table[i][j] / total * term * term;
            }
        }
        return Math.sqrt(sum / total) / (1 - chance);
    }

    @Test
    void aReportNamesUnitsAndRaters() {
        Agreement agreement = Agreement.of(new KrippendorffAlpha(noisy(40, 3, 0.8, 2), Metric.NOMINAL), BOOTSTRAP);
        assertThat(agreement.units()).isEqualTo(40);
        assertThat(agreement.raters()).isEqualTo(3);
        assertThat(agreement.ratings()).isEqualTo(120);
        assertThat(agreement.interval()).map(Interval::estimate)
                .contains(agreement.coefficient().value().orElseThrow());
    }

    @Test
    void thereIsNoIntervalWhereNothingSpeaksOfTheSpread() {
        assertThat(BOOTSTRAP.interval(new FleissKappa(Golden.ratings("11", "11")))).isEmpty();
        assertThat(BOOTSTRAP.interval(new FleissKappa(Golden.ratings("1", "2")))).isEmpty();
        assertThat(BOOTSTRAP.interval(new FleissKappa(Golden.ratings("1212121212", "1212121212")))).isEmpty();
        // A single 2 among ten units: a third of the resamples miss it and are undefined.
        assertThat(BOOTSTRAP.interval(new FleissKappa(Golden.ratings("1111111111", "2111111111")))).isEmpty();
    }

    @Test
    void agreementOverTimeIsThatOfEachWindowsUnits() {
        List<UnitRating> ratings = Golden.ratings("012012", "012120");
        Instant sunday = Instant.parse("2026-03-01T23:30:00Z");
        Map<String, Instant> finished = Map.of("u0", sunday, "u1", sunday, "u2", sunday,
                "u3", sunday.plusSeconds(3600), "u4", sunday.plusSeconds(3600));
        var weeks = Agreement.overTime(finished, TimeWindow.WEEK, ZoneOffset.UTC, ratings, FleissKappa::new, BOOTSTRAP);
        assertThat(weeks).containsOnlyKeys(LocalDate.of(2026, 2, 23), LocalDate.of(2026, 3, 2));
        assertThat(weeks.get(LocalDate.of(2026, 2, 23)).coefficient()).isEqualTo(Coefficient.of(1));
        assertThat(weeks.get(LocalDate.of(2026, 3, 2)).units()).isEqualTo(2);
        // In Berlin it was Monday already.
        assertThat(Agreement.overTime(finished, TimeWindow.WEEK, ZoneId.of("Europe/Berlin"), ratings, FleissKappa::new,
                BOOTSTRAP)).containsOnlyKeys(LocalDate.of(2026, 3, 2));
        assertThat(TimeWindow.MONTH.firstDay(sunday, ZoneOffset.UTC)).isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(TimeWindow.DAY.firstDay(sunday, ZoneOffset.UTC)).isEqualTo(LocalDate.of(2026, 3, 1));
    }

    @Test
    void versionsOfTheQuestionsAreApart() {
        var versions = Agreement.by(unit -> unit.compareTo("u3") < 0 ? 1 : 2, Golden.ratings("010111", "010111"),
                ratings -> new KrippendorffAlpha(ratings, Metric.NOMINAL), BOOTSTRAP);
        assertThat(versions.get(1).coefficient()).isEqualTo(Coefficient.of(1));
        assertThat(versions.get(2).coefficient().undefined()).contains(Undefined.NO_VARIATION);
    }
}
