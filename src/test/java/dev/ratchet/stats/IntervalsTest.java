package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

    @ParameterizedTest
    @CsvSource({"60, 100, 0.502003, 0.690599", "15, 50, 0.191036, 0.437504", "0, 20, 0.0, 0.161125"})
    void wilsonsIntervalIsAsPublished(double successes, int trials, double low, double high) {
        Interval interval = Proportions.wilson(successes, trials);
        assertThat(interval.low()).isCloseTo(low, within(1e-6));
        assertThat(interval.high()).isCloseTo(high, within(1e-6));
    }

    @Test
    void wilsonRefusesMoreSuccessesThanTrials() {
        assertThatThrownBy(() -> Proportions.wilson(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClusterOfEqualValuesCountsAsOneObservation() {
        // Residual sums by hand: mean 0.5; cluster a: 4 x 0.5 = 2, cluster b: 4 x -0.5 = -2;
        // (4 + 4) x 2/1 = 16; sqrt(16) / 8.
        ClusteredMean mean = new ClusteredMean();
        for (int i = 0; i < 4; i++) {
            mean.add("a", 1).add("b", 0);
        }
        assertThat(mean.mean()).isEqualTo(0.5);
        assertThat(mean.standardError()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void clustersOfOneGiveTheOrdinaryStandardError() {
        // Values 1, 2, 3, 4: variance 5/3, standard error sqrt(5/12).
        ClusteredMean mean = new ClusteredMean().add(1, 1).add(2, 2).add(3, 3).add(4, 4);
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(5.0 / 12), within(1e-12));
        assertThat(mean.interval().low()).isCloseTo(2.5 - 1.959963984540054 * Math.sqrt(5.0 / 12), within(1e-12));
    }

    @Test
    void tiesCountAsHalvesOfAWin() {
        WinRate rate = new WinRate().compare(1, 2, 1).compare(2, 1, 1).compare(3, 1, 2).compare(4, 3, 1);
        // Outcomes 1, 0.5, 0, 1: mean 0.625, squares 0.140625 + 0.015625 + 0.390625 + 0.140625 = 0.6875.
        Interval interval = rate.interval();
        assertThat(interval.estimate()).isEqualTo(0.625);
        double error = Math.sqrt(0.6875 * 4 / 3) / 4;
        assertThat(interval.low()).isCloseTo(0.625 - 1.959963984540054 * error, within(1e-12));
        assertThat(interval.high()).isEqualTo(1);
    }

    @Test
    void winningEveryPromptDoesNotProveCertainty() {
        WinRate rate = new WinRate();
        for (int prompt = 0; prompt < 10; prompt++) {
            rate.compare(prompt, 1, 0);
        }
        assertThat(rate.interval().low()).isBetween(0.7, 0.75);
        assertThat(rate.interval().high()).isCloseTo(1, within(1e-12));
    }

    @Test
    void anIntervalNeedsTwoPrompts() {
        WinRate rate = new WinRate().compare(1, 1, 0).compare(1, 1, 0);
        assertThatThrownBy(rate::interval).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two clusters");
    }
}
