package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean over a step's judged replies of their losses, each times its weight; metrics are plain means. The divergence
 * is estimated anew in each pass, from its mismatched replies.
 *
 * <p>Weights have a mean of one over the data set. Divided by the step's own weights they would vanish from a step of
 * one.
 *
 * @param pass examples of a pass, which stay together
 */
record KtoObjective(Kto formula, int pass) implements Objective<JudgedReply> {
    @Override
    public Decoder.Head head() {
        return Decoder.Head.LOG_PROBABILITY;
    }

    @Override
    public Row row(JudgedReply example) {
        return example.row();
    }

    @Override
    public String identity(JudgedReply example) {
        return example.desirable() + " " + example.weight() + " " + example.reference() + " "
                + example.referenceMismatched();
    }

    @Override
    public int together() {
        return pass;
    }

    @Override
    public double scale(List<JudgedReply> step) {
        return step.size();
    }

    @Override
    public Loss loss(List<JudgedReply> examples, double[] outputs, double count) {
        double divergence = divergence(examples, outputs);
        double loss = 0;
        double[] derivative = new double[outputs.length];
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            JudgedReply each = examples.get(i);
            double share = each.weight() / count;
            double ratio = outputs[2 * i] - each.reference();
            int tokens = each.example().completion().length;
            double supervised = each.desirable() ? formula.supervised() : 0;
            loss += share * (formula.loss(ratio, each.desirable(), divergence) - supervised * outputs[2 * i] / tokens);
            derivative[2 * i] = share * (formula.derivative(ratio, each.desirable(), divergence) - supervised / tokens);
            String side = each.desirable() ? "chosen" : "rejected";
            add(metrics, side + "_share", 1 / count);
            add(metrics, side + "_reward", 1 / count * formula.beta() * ratio);
            add(metrics, side + "_log_probability_change", 1 / count * ratio);
            add(metrics, "kl", 1 / count * divergence);
            add(metrics, "completion_tokens", tokens);
        }
        return new Loss(loss, derivative, metrics);
    }

    private static double divergence(List<JudgedReply> examples, double[] outputs) {
        double sum = 0;
        for (int i = 0; i < examples.size(); i++) {
            sum += outputs[2 * i + 1] - examples.get(i).referenceMismatched();
        }
        return Math.max(0, sum / examples.size());
    }

    private static void add(Map<String, Double> metrics, String name, double part) {
        metrics.merge(name, part, Double::sum);
    }

    /** The sides' sums become means over their own examples; a step without a side has none of its metrics. */
    @Override
    public Map<String, Double> summarise(Map<String, Double> sums) {
        for (String side : List.of("chosen", "rejected")) {
            Double share = sums.remove(side + "_share");
            if (share != null) {
                sums.computeIfPresent(side + "_reward", (name, sum) -> sum / share);
                sums.computeIfPresent(side + "_log_probability_change", (name, sum) -> sum / share);
            }
        }
        if (sums.containsKey("chosen_reward") && sums.containsKey("rejected_reward")) {
            sums.put("margin", sums.get("chosen_reward") - sums.get("rejected_reward"));
        }
        if (sums.containsKey("chosen_log_probability_change")) {
            sums.put("chosen_fell", sums.get("chosen_log_probability_change") < 0 ? 1.0 : 0.0);
        }
        return sums;
    }
}
