package dev.ratchet.app.demo;

import dev.ratchet.evaluation.Evaluation;
import dev.ratchet.evaluation.EvaluationSample;
import dev.ratchet.evaluation.Gate;
import dev.ratchet.evaluation.GateResult;
import dev.ratchet.project.ProjectSettings;
import dev.ratchet.stats.WinRate;
import java.util.List;
import java.util.Random;

/** The gate's answer to the same candidate when the reward model is replaced by noise: it has to be a refusal. */
final class NoiseControl {

    private NoiseControl() {}

    /**
     * @param samples the evaluation's held-out replies, which noise scores here
     * @param heldOutPairs people's held-out pairs, which noise orders here
     * @return {@code refused} or {@code PASSED}, with the gates' reasons
     */
    static String decide(
            Evaluation evaluation, List<EvaluationSample> samples, int heldOutPairs, ProjectSettings settings,
            long seed) {
        Random noise = new Random(seed);
        WinRate rate = new WinRate();
        samples.forEach(sample -> rate.compare(sample.promptId, noise.nextGaussian(), noise.nextGaussian()));
        int correct = (int) noise.doubles(heldOutPairs).filter(draw -> draw < 0.5).count();
        List<GateResult> gates = List.of(
                Gate.winRate(rate, settings.minimumWinRate()),
                Gate.rewardAccuracy(correct, heldOutPairs, settings.minimumRewardAccuracy()),
                evaluation.gates.stream().filter(gate -> gate.name().equals(Gate.KL)).findFirst().orElseThrow());
        String decision = Gate.decide(gates);
        return (decision.equals(Gate.PASS) ? "PASSED" : "refused (" + decision + ")")
                + ": win rate %.1f%%, accuracy %.1f%%".formatted(
                        100 * gates.get(0).estimate(), 100 * gates.get(1).estimate());
    }
}
