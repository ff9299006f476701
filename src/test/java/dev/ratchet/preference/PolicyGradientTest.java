package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Objective;
import java.util.Arrays;
import java.util.List;
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
                        .isCloseTo((clip.loss(at + h, advantage) - clip.loss(at - h, advantage)) / (2 * h),
                                within(1e-8));
            }
        }
        assertThat(clip.clipped(Math.log(1.5), 1)).isTrue();
        assertThat(clip.clipped(Math.log(1.5), -1)).isFalse();
        assertThat(clip.clipped(Math.log(0.5), -1)).isTrue();
        assertThat(clip.loss(Math.log(1.5), 2)).isEqualTo(-2.6);
        assertThat(clip.loss(Math.log(1.5), -2)).isCloseTo(3, within(1e-12));
        assertThatThrownBy(() -> new ClippedRatio(1, 0.2)).hasMessageContaining("(0, 1)");
    }

    /** Losses and gradients that PyTorch's autograd gave in float64 for the formulas written out there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "RLOO | K1 | -0.144910171 | 0.0, 0.0, -0.00117448, -0.00117448, -0.00117448, 0.397930976",
        "RLOO | K3 | -0.109375549 | 0.017278785, -0.007011395, 0.012084616, -0.043248085, 0.003251372, 0.382942324",
        "GRPO | K1 | -0.083530316 | -0.183804387, 0.0, -0.000363108, -0.000443502, -0.000381725, 0.317669419",
        "GRPO | K3 | -0.071390683 | -0.175531204, -0.003505697, 0.004028205, -0.014416028, 0.001083791, 0.343265493",
        "DR_GRPO | K1 | -0.101448217 | -0.07674798, 0.0, -0.000227425, -0.000277778, -0.000239086, 0.066321829",
        "DR_GRPO | K3 | -0.085517989 | -0.064753486, -0.001752849, 0.003021154, -0.010812021, 0.000812843, 0.066009661"})
    void theLossOfAGroupAndItsDerivativesAreThoseOfAutograd(OnlineMethod method, KlEstimator estimator, double loss,
            String derivatives) {
        OnlineSpec spec = new OnlineSpec(method, 3, 4, 0.2, estimator, new ClippedRatio(0.2, 0.3), 2, 0);
        double[] policy = {-1, -0.5, -2, -1.5, -0.25, -0.75};
        double[][] sampler = {{-1.1, -0.9}, {-1.8, -1.5, -0.1}, {-0.7}};
        double[][] reference = {{-1.3, -0.4}, {-2.2, -1, -0.3}, {-1.25}};
        double[] scores = {1, 0.25, -0.5};
        List<int[]> replies = List.of(new int[2], new int[3], new int[1]);
        double[] advantages = method.advantages().of(spec.rewards(scores, replies, sampler, reference));
        PolicyGradient objective = new PolicyGradient(spec);
        List<SampledGroup> group = List.of(new SampledGroup(new int[1], replies, scores, 0, advantages,
                sampler, reference, 3));
        Objective.Loss actual = objective.loss(group, policy, objective.scale(group));
        assertThat(actual.value()).isCloseTo(loss, within(1e-8));
        assertThat(actual.derivative()).containsExactly(
                Arrays.stream(derivatives.split(",")).mapToDouble(Double::parseDouble).toArray(), within(1e-8));
        assertThat(actual.metrics().get("reply_tokens")).isCloseTo(2, within(1e-12));
        assertThat(actual.metrics().get("reward")).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void aLongGroupIsComputedInRowsOfAFewReplies() {
        List<int[]> replies = List.of(new int[900], new int[900], new int[900], new int[3000], new int[4], new int[5]);
        List<int[]> prompts = java.util.Collections.nCopies(6, new int[100]);
        assertThat(GroupSampler.rows(prompts, replies, 3)).extracting(row -> row.continuations().size())
                .containsExactly(2, 1, 1, 2);
    }

    @Test
    void theLossOfAGroupIsThatOfItsParts() {
        OnlineSpec spec = new OnlineSpec(OnlineMethod.GRPO, 2, 4, 0, KlEstimator.K1, new ClippedRatio(0.2, 0.2), 1, 0);
        PolicyGradient objective = new PolicyGradient(spec);
        List<int[]> replies = List.of(new int[2], new int[1]);
        SampledGroup whole = new SampledGroup(new int[1], replies, new double[] {1, 0}, 0.5, new double[] {1, -1},
                null, null, 1);
        List<SampledGroup> parts = List.of(
                new SampledGroup(new int[1], replies.subList(0, 1), new double[] {1}, 0.5, new double[] {1}, null, null,
                        1),
                new SampledGroup(new int[1], replies.subList(1, 2), new double[] {0}, 0.5, new double[] {-1}, null,
                        null, 0));
        double[] policy = {-1, -0.5, -2};
        Objective.Loss one = objective.loss(List.of(whole), policy, objective.scale(List.of(whole)));
        Objective.Loss two = objective.loss(parts, policy, objective.scale(parts));
        assertThat(two.value()).isEqualTo(one.value());
        assertThat(two.derivative()).containsExactly(one.derivative());
        assertThat(two.metrics()).isEqualTo(one.metrics());
    }

    @Test
    void eachTokenOfAReplyCostsItsLengthPenalty() {
        OnlineSpec spec = new OnlineSpec(OnlineMethod.RLOO, 2, 4, 0, KlEstimator.K1, new ClippedRatio(0.2, 0.2), 1,
                0.1);
        assertThat(spec.rewards(new double[] {1, 1}, List.of(new int[2], new int[4]), null, null))
                .containsExactly(new double[] {0.8, 0.6}, within(1e-12));
    }
}
