package dev.ratchet.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BradleyTerryTest {
    @Test
    void theLossesAreTheKnownAnswers() throws IOException {
        JsonNode golden = new ObjectMapper().readTree(BradleyTerryTest.class.getResourceAsStream("/golden/losses.json"))
                .path("reward_model");
        JsonNode inputs = golden.path("inputs");
        for (int i = 0; i < 3; i++) {
            double chosen = inputs.at("/chosen_reward/" + i).asDouble();
            double rejected = inputs.at("/rejected_reward/" + i).asDouble();
            double margin = inputs.at("/margin/" + i).asDouble();
            assertThat(new BradleyTerry(0).loss(chosen, rejected, 0))
                    .isCloseTo(golden.at("/bradley_terry/" + i).asDouble(), within(1e-9));
            assertThat(new BradleyTerry(0).loss(chosen, rejected, margin))
                    .isCloseTo(golden.at("/bradley_terry_margin/" + i).asDouble(), within(1e-9));
            assertThat(new BradleyTerry(inputs.path("centre_coefficient").asDouble()).loss(chosen, rejected, 0))
                    .isCloseTo(golden.at("/centred/" + i).asDouble(), within(1e-9));
        }
    }

    @Test
    void theDerivativesAgreeWithFiniteDifferencesAndNothingOverflows() {
        BradleyTerry formula = new BradleyTerry(0.01);
        double h = 1e-6;
        for (double chosen : new double[] {-2, 0.3, 4}) {
            double up = (formula.loss(chosen + h, 1, 0.5) - formula.loss(chosen - h, 1, 0.5)) / (2 * h);
            double down = (formula.loss(chosen, 1 + h, 0.5) - formula.loss(chosen, 1 - h, 0.5)) / (2 * h);
            assertThat(formula.chosenDerivative(chosen, 1, 0.5)).isCloseTo(up, within(1e-8));
            assertThat(formula.rejectedDerivative(chosen, 1, 0.5)).isCloseTo(down, within(1e-8));
        }
        assertThat(new BradleyTerry(0).loss(-2000, 2000, 0)).isEqualTo(4000);
    }
}
