package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean over a step's pairs of their losses, each times its weight; metrics are plain means.
 *
 * <p>Weights have a mean of one over the data set. Divided by the step's own weights they would vanish from a step of
 * one.
 */
record PairObjective(PreferenceSpec spec) implements Objective<ReferredPair> {
    @Override
    public Decoder.Head head() {
        return Decoder.Head.LOG_PROBABILITY;
    }

    @Override
    public Row row(ReferredPair example) {
        return example.pair().row();
    }

    @Override
    public String identity(ReferredPair example) {
        return example.pair().weight() + " " + example.pair().margin() + " " + example.chosen() + " "
                + example.rejected();
    }

    @Override
    public double scale(List<ReferredPair> step) {
        return step.size();
    }

    @Override
    public Loss loss(List<ReferredPair> examples, double[] outputs, double count) {
        double loss = 0;
        double[] derivative = new double[outputs.length];
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            ReferredPair each = examples.get(i);
            double share = each.pair().weight() / count;
            PairScores pair = each.scores(outputs[2 * i], outputs[2 * i + 1], spec.offsetScale());
            PairTerms terms = spec.terms(pair);
            loss += share * terms.value();
            derivative[2 * i] = share * terms.chosen();
            derivative[2 * i + 1] = share * terms.rejected();
            measure(metrics, 1 / count, pair);
        }
        return new Loss(loss, derivative, metrics);
    }

    private void measure(Map<String, Double> metrics, double share, PairScores pair) {
        double chosen = spec.chosenReward(pair);
        double rejected = spec.rejectedReward(pair);
        add(metrics, "chosen_reward", share * chosen);
        add(metrics, "rejected_reward", share * rejected);
        add(metrics, "margin", share * (chosen - rejected));
        add(metrics, "accuracy", chosen > rejected ? share : 0);
        add(metrics, "chosen_log_probability", share * pair.chosen());
        add(metrics, "rejected_log_probability", share * pair.rejected());
        add(metrics, "supervised_loss", -share * pair.chosenMean());
        if (spec.loss().needsReference()) {
            add(metrics, "chosen_log_probability_change", share * pair.chosenRatio());
            add(metrics, "rejected_log_probability_change", share * pair.rejectedRatio());
            add(metrics, "kl_estimate", -share * (pair.chosenRatio() + pair.rejectedRatio()) / 2);
        }
    }

    private static void add(Map<String, Double> metrics, String name, double part) {
        metrics.merge(name, part, Double::sum);
    }

    @Override
    public Map<String, Double> summarise(Map<String, Double> sums) {
        if (spec.loss().needsReference()) {
            sums.put("chosen_fell", sums.get("chosen_log_probability_change") < 0 ? 1.0 : 0.0);
        }
        return sums;
    }
}
