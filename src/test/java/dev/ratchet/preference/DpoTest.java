package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DpoTest {
    @Test
    void theSigmoidLossGivesTheKnownAnswers() throws IOException {
        JsonNode golden = new ObjectMapper().readTree(DpoTest.class.getResourceAsStream("/golden/losses.json"));
        JsonNode inputs = golden.path("inputs");
        Dpo dpo = new Dpo(inputs.path("beta").asDouble());
        for (int i = 0; i < 3; i++) {
            assertThat(dpo.preferenceLoss(inputs.at("/chosen_logratio/" + i).asDouble(),
                    inputs.at("/rejected_logratio/" + i).asDouble(), 0))
                    .isCloseTo(golden.at("/sigmoid/" + i).asDouble(), within(1e-9));
        }
    }

    @Test
    void theDerivativesAgreeWithFiniteDifferences() {
        Dpo dpo = new Dpo(0.3, 0.7, 2);
        double h = 1e-6;
        for (double chosen : new double[] {-3, 0, 2}) {
            for (double rejected : new double[] {-40, -1, 5}) {
                double slope = (dpo.preferenceLoss(chosen + h, rejected, 0.5)
                        - dpo.preferenceLoss(chosen - h, rejected, 0.5)) / (2 * h);
                assertThat(dpo.preferenceDerivative(chosen, rejected, 0.5)).isCloseTo(slope, within(1e-8));
            }
        }
        assertThat(dpo.supervisedLoss(-12, 6)).isCloseTo(1.4, within(1e-12));
        assertThat(dpo.supervisedDerivative(6)).isCloseTo(-0.7 / 6, within(1e-12));
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new Dpo(0)).hasMessageContaining("beta must be positive");
        assertThatThrownBy(() -> new Dpo(0.1, Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
