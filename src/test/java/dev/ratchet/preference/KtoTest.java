package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class KtoTest {
    @Test
    void theLossesAreTheKnownAnswers() {
        JsonNode golden = Golden.losses().path("kto");
        JsonNode inputs = golden.path("inputs");
        Kto kto = new Kto(inputs.path("beta").asDouble());
        for (int i = 0; i < 4; i++) {
            assertThat(kto.loss(inputs.at("/logratio/" + i).asDouble(), inputs.at("/desirable/" + i).asBoolean(),
                    inputs.path("kl").asDouble())).isCloseTo(golden.at("/loss/" + i).asDouble(), within(1e-9));
        }
    }

    @Test
    void theDerivativesAgreeWithFiniteDifferencesAndTheWeightsScaleThem() {
        Kto kto = new Kto(0.4, 1.5, 0.5, 0);
        double h = 1e-5;
        for (double ratio : new double[] {-30, -1, 0.2, 9}) {
            for (boolean desirable : new boolean[] {true, false}) {
                double slope = (kto.loss(ratio + h, desirable, 0.7) - kto.loss(ratio - h, desirable, 0.7)) / (2 * h);
                assertThat(kto.derivative(ratio, desirable, 0.7)).isCloseTo(slope, within(1e-9));
            }
        }
        assertThat(kto.loss(1, true, 1)).isEqualTo(0.75);
        assertThat(kto.loss(1, false, 1)).isEqualTo(0.25);
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new Kto(0.1, 0, 1, 0)).hasMessageContaining("must be positive");
    }
}
