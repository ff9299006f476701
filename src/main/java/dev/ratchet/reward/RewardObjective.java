package dev.ratchet.reward;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean over a step's pairs of their Bradley-Terry losses, each times its weight; metrics are plain means.
 *
 * <p>Weights have a mean of one over the data set. Divided by the step's own weights they would vanish from a step of
 * one.
 */
record RewardObjective(BradleyTerry formula, Decoder.Head head) implements Objective<EncodedPair> {
    @Override
    public Row row(EncodedPair pair) {
        return pair.row();
    }

    @Override
    public String identity(EncodedPair pair) {
        return pair.weight() + " " + pair.margin();
    }

    @Override
    public double scale(List<EncodedPair> step) {
        return step.size();
    }

    @Override
    public Loss loss(List<EncodedPair> pairs, double[] rewards, double count) {
        double loss = 0;
        double accuracy = 0;
        double chosenReward = 0;
        double rejectedReward = 0;
        double[] derivative = new double[rewards.length];
        for (int i = 0; i < pairs.size(); i++) {
            double share = pairs.get(i).weight() / count;
            double chosen = rewards[2 * i];
            double rejected = rewards[2 * i + 1];
            double needed = pairs.get(i).margin();
            loss += share * formula.loss(chosen, rejected, needed);
            derivative[2 * i] = share * formula.chosenDerivative(chosen, rejected, needed);
            derivative[2 * i + 1] = share * formula.rejectedDerivative(chosen, rejected, needed);
            accuracy += 1 / count * (1 + Math.signum(chosen - rejected)) / 2;
            chosenReward += 1 / count * chosen;
            rejectedReward += 1 / count * rejected;
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("chosen_reward", chosenReward);
        metrics.put("rejected_reward", rejectedReward);
        metrics.put("margin", chosenReward - rejectedReward);
        metrics.put("accuracy", accuracy);
        metrics.put("reward", (chosenReward + rejectedReward) / 2);
        return new Loss(loss, derivative, metrics);
    }
}
