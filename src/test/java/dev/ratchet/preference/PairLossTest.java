package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairLossTest {
    private static final JsonNode GOLDEN = Golden.losses();

    static PreferenceSpec spec(PairLoss loss, double beta) {
        PreferenceSpec spec = PreferenceSpec.of(loss, beta);
        if (loss.smoothed()) {
            spec = spec.withLabelSmoothing(0.1);
        }
        return loss == PairLoss.SIMPO ? spec.withTargetMargin(1) : spec;
    }

    @ParameterizedTest
    @CsvSource({"SIGMOID, sigmoid", "CONSERVATIVE, cdpo", "ROBUST, robust", "HINGE, hinge",
        "IPO, ipo_length_normalised", "IPO_SUMMED, ipo_summed", "APO_ZERO, apo_zero", "APO_DOWN, apo_down"})
    void lossesWithAReferenceGiveTheKnownAnswers(PairLoss loss, String name) {
        JsonNode inputs = GOLDEN.path("inputs");
        PreferenceSpec spec = spec(loss, inputs.path("beta").asDouble());
        for (int i = 0; i < 3; i++) {
            // Only the ratio counts: any share of it may be the reference's.
            PairScores pair = new PairScores(inputs.at("/chosen_logratio/" + i).asDouble() - 7,
                    inputs.at("/rejected_logratio/" + i).asDouble() - 3, -7, -3, 
                    inputs.at("/chosen_tokens/" + i).asInt(), inputs.at("/rejected_tokens/" + i).asInt(), 0);
            double known = GOLDEN.path(name).get(i).asDouble();
            assertThat(spec.terms(pair).value()).as("%s of pair %d", name, i)
                    .isCloseTo(known, within(1e-9 * Math.max(1, known)));
        }
    }

    @ParameterizedTest
    @CsvSource({"SIMPO, simpo, 2.0", "ORPO, orpo, 0.1"})
    void lossesWithoutAReferenceGiveTheKnownAnswers(PairLoss loss, String name, double beta) {
        JsonNode golden = GOLDEN.path("reference_free");
        JsonNode inputs = golden.path("inputs");
        for (int i = 0; i < 3; i++) {
            PairScores pair = new PairScores(inputs.at("/chosen_logp/" + i).asDouble(),
                    inputs.at("/rejected_logp/" + i).asDouble(), Double.NaN, Double.NaN,
                    inputs.at("/chosen_tokens/" + i).asInt(), inputs.at("/rejected_tokens/" + i).asInt(), 0);
            assertThat(spec(loss, beta).terms(pair).value()).isCloseTo(golden.path(name).get(i).asDouble(),
                    within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(PairLoss.class)
    void theDerivativesAgreeWithFiniteDifferences(PairLoss loss) {
        Random random = new Random(5);
        double h = 1e-5;
        for (int trial = 0; trial < 40; trial++) {
            PreferenceSpec spec = spec(loss, 0.1 + random.nextDouble()).withSupervised(random.nextInt(2) * 0.7);
            double[] l = random.doubles(4, -20, -0.5).toArray();
            double margin = random.nextInt(2) * 0.6;
            PairTerms terms = spec.terms(new PairScores(l[0], l[1], l[2], l[3], 5, 8, margin));
            PairTerms up = spec.terms(new PairScores(l[0] + h, l[1], l[2], l[3], 5, 8, margin));
            PairTerms down = spec.terms(new PairScores(l[0] - h, l[1], l[2], l[3], 5, 8, margin));
            assertThat(terms.chosen()).isCloseTo((up.value() - down.value()) / (2 * h),
                    within(1e-7 * (1 + Math.abs(terms.chosen()))));
            up = spec.terms(new PairScores(l[0], l[1] + h, l[2], l[3], 5, 8, margin));
            down = spec.terms(new PairScores(l[0], l[1] - h, l[2], l[3], 5, 8, margin));
            assertThat(terms.rejected()).isCloseTo((up.value() - down.value()) / (2 * h),
                    within(1e-7 * (1 + Math.abs(terms.rejected()))));
        }
    }

    @ParameterizedTest
    @EnumSource(PairLoss.class)
    void extremeLogProbabilitiesGiveNumbers(PairLoss loss) {
        for (double[] l : new double[][] {{-5000, 0}, {0, -5000}, {0, 0}, {-1e-9, -1e-9}}) {
            PairTerms terms = spec(loss, 0.5).terms(new PairScores(l[0], l[1], -1, -1, 1, 1, 0));
            assertThat(terms.value()).isFinite();
            assertThat(terms.chosen()).isFinite();
            assertThat(terms.rejected()).isFinite();
        }
    }

    @Test
    void aMarginAsksForThatMuchMoreOfTheDifferenceOfRewards() {
        for (PairLoss loss : new PairLoss[] {PairLoss.SIGMOID, PairLoss.CONSERVATIVE, PairLoss.ROBUST, PairLoss.HINGE,
            PairLoss.IPO_SUMMED}) {
            PreferenceSpec spec = spec(loss, 0.5);
            assertThat(spec.terms(new PairScores(-3, -4, -3.5, -3, 4, 6, 0.25)).value()).as(loss.code())
                    .isCloseTo(spec.terms(new PairScores(-3.5, -4, -3.5, -3, 4, 6, 0)).value(), within(1e-12));
        }
    }

    @Test
    void theSupervisedTermIsTheChosenReplysLossPerToken() {
        PairScores pair = new PairScores(-12, -9, -11, -10, 6, 4, 0);
        PreferenceSpec plain = PreferenceSpec.of(PairLoss.SIGMOID, 0.3);
        PairTerms with = plain.withSupervised(0.7).terms(pair);
        assertThat(with.value() - plain.terms(pair).value()).isCloseTo(1.4, within(1e-12));
        assertThat(with.chosen() - plain.terms(pair).chosen()).isCloseTo(-0.7 / 6, within(1e-12));
        assertThat(with.rejected()).isEqualTo(plain.terms(pair).rejected());
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> PreferenceSpec.of(PairLoss.SIGMOID, 0)).hasMessageContaining("beta must be positive");
        assertThatThrownBy(() -> PreferenceSpec.of(PairLoss.SIGMOID, 0.1).withLabelSmoothing(0.1))
                .hasMessage("labelSmoothing belongs to the losses conservative and robust.");
        assertThatThrownBy(() -> PreferenceSpec.of(PairLoss.ROBUST, 0.1).withLabelSmoothing(0.5))
                .hasMessageContaining("[0, 0.5)");
        assertThatThrownBy(() -> PreferenceSpec.of(PairLoss.HINGE, 0.1).withTargetMargin(1))
                .hasMessageContaining("belongs to the loss simpo");
        assertThatThrownBy(() -> PairLoss.of("dpo")).hasMessageContaining("known are sigmoid, conservative, robust");
        assertThat(PairLoss.of("ipo_summed")).isEqualTo(PairLoss.IPO_SUMMED);
    }
}
