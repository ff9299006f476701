package dev.ratchet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.WinRate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

    @Test
    void aClearWinPasses() {
        GateResult result = Gate.winRate(wins(75, 100), 0.5);
        assertThat(result.decision()).isEqualTo(Gate.PASS);
        assertThat(result.low()).isGreaterThan(0.5);
        assertThat(result.explanation()).contains("75.0%", "100 held-out prompts", "above 50%");
    }

    @Test
    void aNarrowWinIsUndecided() {
        assertThat(Gate.winRate(wins(55, 100), 0.5).decision()).isEqualTo(Gate.UNDECIDED);
    }

    @Test
    void aClearLossFails() {
        assertThat(Gate.winRate(wins(20, 100), 0.5).decision()).isEqualTo(Gate.FAIL);
    }

    @Test
    void fewPromptsDecideNothingHoweverClear() {
        GateResult result = Gate.winRate(wins(19, 19), 0.5);
        assertThat(result.decision()).isEqualTo(Gate.UNDECIDED);
        assertThat(result.explanation()).isEqualTo("There are 19 held-out prompts; at least 20 are needed to decide.");
    }

    @Test
    void anAccurateRewardModelPassesAndACoinDoesNot() {
        assertThat(Gate.rewardAccuracy(160, 200, 0.55).decision()).isEqualTo(Gate.PASS);
        assertThat(Gate.rewardAccuracy(100, 200, 0.55).decision()).isEqualTo(Gate.UNDECIDED);
        assertThat(Gate.rewardAccuracy(400, 1000, 0.55).decision()).isEqualTo(Gate.FAIL);
        assertThat(Gate.rewardAccuracy(0, 0, 0.55).decision()).isEqualTo(Gate.UNDECIDED);
    }

    @Test
    void theDistanceMustBeWithinTheBudgetWithItsWholeInterval() {
        assertThat(Gate.kl(nats(5), 8).decision()).isEqualTo(Gate.PASS);
        assertThat(Gate.kl(nats(5), 5).decision()).isEqualTo(Gate.UNDECIDED);
        assertThat(Gate.kl(nats(5), 2).decision()).isEqualTo(Gate.FAIL);
    }

    @Test
    void aPromotionNeedsAllGates() {
        GateResult pass = Gate.winRate(wins(80, 100), 0.5);
        GateResult undecided = Gate.winRate(wins(55, 100), 0.5);
        GateResult fail = Gate.winRate(wins(20, 100), 0.5);
        assertThat(Gate.decide(List.of(pass, pass))).isEqualTo(Gate.PASS);
        assertThat(Gate.decide(List.of(pass, undecided))).isEqualTo(Gate.UNDECIDED);
        assertThat(Gate.decide(List.of(undecided, fail, pass))).isEqualTo(Gate.FAIL);
    }

    private static WinRate wins(int wins, int prompts) {
        WinRate rate = new WinRate();
        for (int prompt = 0; prompt < prompts; prompt++) {
            rate.compare(prompt, prompt < wins ? 1 : 0, 0.5);
        }
        return rate;
    }

    /** Forty prompts around a mean, one nat to either side. */
    private static ClusteredMean nats(double mean) {
        ClusteredMean nats = new ClusteredMean();
        for (int prompt = 0; prompt < 40; prompt++) {
            nats.add(prompt, mean + (prompt % 2 == 0 ? 1 : -1));
        }
        return nats;
    }
}
