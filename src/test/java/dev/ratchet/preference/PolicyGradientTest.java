package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The mathematics of learning from one's own samples: advantages, clipped ratios, estimates of divergence. */
class PolicyGradientTest {
    private static final JsonNode GOLDEN = Golden.losses().path("group_advantage");

    @ParameterizedTest
    @CsvSource({"LEAVE_ONE_OUT, rloo", "STANDARDISED, grpo", "CENTRED, dr_grpo"})
    void advantagesAreTheKnownAnswers(Advantages advantages, String name) {
        assertThat(advantages.of(Golden.numbers(GOLDEN.at("/inputs/rewards"))))
                .containsExactly(Golden.numbers(GOLDEN.path(name)), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Advantages.class)
    void aGroupOfEqualRewardsTeachesNothing(Advantages advantages) {
        assertThat(advantages.of(new double[] {3, 3, 3})).containsOnly(0);
    }

    @Test
    void theThirdEstimatorGivesTheKnownAnswersAndTheFirstTheLogRatio() {
        JsonNode k3 = GOLDEN.path("k3");
        for (int i = 0; i < 3; i++) {
            double d = k3.at("/log_ref_minus_log_pi/" + i).asDouble();
            assertThat(KlEstimator.K3.value(d)).isCloseTo(k3.at("/value/" + i).asDouble(), within(1e-9));
            assertThat(KlEstimator.K1.value(d)).isEqualTo(-d);
        }
    }

    @ParameterizedTest
    @EnumSource(KlEstimator.class)
    void theEstimatorsDerivativesAgreeWithFiniteDifferences(KlEstimator estimator) {
        double h = 1e-6;
        for (double d : new double[] {-2, -0.1, 0, 0.3, 1.5}) {
            // d falls as log policy rises.
            assertThat(estimator.derivative(d))
                    .isCloseTo((estimator.value(d - h) - estimator.value(d + h)) / (2 * h), within(1e-8));
        }
    }

    @Test
    void bothEstimatorsAreUnbiased() {
        double[] policy = {0.5, 0.3, 0.2};
        double[] reference = {0.2, 0.2, 0.6};
        double exact = 0;
        double[] mean = new double[2];
        for (int i = 0; i < 3; i++) {
            double d = Math.log(reference[i] / policy[i]);
            exact -= policy[i] * d;
            mean[0] += policy[i] * KlEstimator.K1.value(d);
            mean[1] += policy[i] * KlEstimator.K3.value(d);
        }
        assertThat(mean).containsExactly(new double[] {exact, exact}, within(1e-12));
    }

    @Test
    void theSurrogateIsClippedOnlyWhereAChangeWouldBeRewardedFurther() {
        ClippedRatio clip = new ClippedRatio(0.2, 0.3);
        double h = 1e-6;
        for (double ratio : new double[] {0.5, 0.9, 1, 1.2, 1.5}) {
            for (double advantage : new double[] {-2, 0.5}) {
                double at = Math.log(ratio);
                assertThat(clip.derivative(at, advantage))
                        .isCloseTo((clip.loss(at + h, advantage) - clip.loss(at - h, advantage)) / (2 * h), within(1e-8));
            }
        }
        assertThat(clip.clipped(Math.log(1.5), 1)).isTrue();
        assertThat(clip.clipped(Math.log(1.5), -1)).isFalse();
        assertThat(clip.clipped(Math.log(0.5), -1)).isTrue();
        assertThat(clip.loss(Math.log(1.5), 2)).isEqualTo(-2.6);
        assertThat(clip.loss(Math.log(1.5), -2)).isCloseTo(3, within(1e-12));
        assertThatThrownBy(() -> new ClippedRatio(1, 0.2)).hasMessageContaining("(0, 1)");
    }
}
