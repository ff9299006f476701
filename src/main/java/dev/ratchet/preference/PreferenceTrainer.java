package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingLoop;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.EncodedPair;
import dev.ratchet.reward.PreferencePair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Optimises a policy on preference pairs by DPO, all weights, against a frozen reference whose log-probabilities are
 * computed once before the first step.
 */
public final class PreferenceTrainer {
    /**
     * How training went.
     *
     * @param warnings what a person should look at, in words; empty when all is well
     */
    public record Result(int steps, Map<String, Double> metrics, List<String> warnings) {
    }

    /** A pair with what the reference says of it. */
    private record Referred(EncodedPair pair, double chosen, double rejected) {
    }

    /** Trains the policy in place; the policy as it comes is the reference. */
    public Result train(LanguageModel policy, List<PreferencePair> pairs, Dpo dpo, TrainingSpec spec, Path checkpoints,
            TrainingListener listener) {
        return train(policy, policy, pairs, dpo, spec, checkpoints, listener);
    }

    /**
     * Trains the policy in place.
     *
     * <p>Metrics besides the loop's: {@code chosen_reward}, {@code rejected_reward}, {@code margin} (beta times
     * log-ratios), {@code accuracy}, {@code chosen_log_probability_change} and {@code rejected_log_probability_change}
     * (nats per reply), {@code chosen_fell} (1 where the former is below zero), {@code kl_estimate} (nats per reply:
     * the mean of log reference - log policy over both replies, which estimates KL(reference || policy) where the
     * reference wrote them), and {@code supervised_loss} (per token, before its coefficient).
     *
     * @param reference a model with the same tokenizer; it may be the policy itself, as it is before the first step
     * @param checkpoints folder of this run alone, from which it resumes; null for none
     */
    public Result train(LanguageModel policy, LanguageModel reference, List<PreferencePair> pairs, Dpo dpo,
            TrainingSpec spec, Path checkpoints, TrainingListener listener) {
        List<EncodedPair> encoded = pairs.stream().map(p -> EncodedPair.of(policy.encoder(), p)).toList();
        double[] frozen = LanguageModel.evaluate(reference.decoder(), encoded.stream().map(EncodedPair::row).toList(),
                Decoder.Head.LOG_PROBABILITY, spec.computeType(), ProgressListener.SILENT);
        List<Referred> referred = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            referred.add(new Referred(encoded.get(i), frozen[2 * i], frozen[2 * i + 1]));
        }
        int[] fallen = new int[1];
        TrainingListener watching = (step, total, metrics) -> {
            fallen[0] = metrics.get("chosen_fell") > 0 ? fallen[0] + 1 : 0;
            listener.step(step, total, metrics);
        };
        TrainingLoop.Result result = new TrainingLoop<>(policy.decoder(), new PairLoss(dpo), spec, referred)
                .run(checkpoints, watching, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
        List<String> warnings = fallen[0] == 0 ? List.of() : List.of("The chosen replies became less likely than they"
                + " were under the reference, over the last " + fallen[0] + " steps. A higher supervised coefficient, a"
                + " higher beta or a lower learning rate holds them.");
        return new Result(result.steps(), result.metrics(), warnings);
    }

    /** The weighted mean of the pairs' losses. */
    private record PairLoss(Dpo formula) implements Objective<Referred> {
        @Override
        public Decoder.Head head() {
            return Decoder.Head.LOG_PROBABILITY;
        }

        @Override
        public Row row(Referred example) {
            return example.pair.row();
        }

        @Override
        public double scale(List<Referred> step) {
            return step.stream().mapToDouble(r -> r.pair.weight()).sum();
        }

        @Override
        public Loss loss(List<Referred> examples, double[] outputs, double weights) {
            double loss = 0;
            double[] derivative = new double[outputs.length];
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int i = 0; i < examples.size(); i++) {
                Referred each = examples.get(i);
                double share = each.pair.weight() / weights;
                double margin = each.pair.margin();
                int tokens = each.pair.chosen().length;
                double chosen = outputs[2 * i] - each.chosen;
                double rejected = outputs[2 * i + 1] - each.rejected;
                double slope = formula.preferenceDerivative(chosen, rejected, margin);
                loss += share * (formula.preferenceLoss(chosen, rejected, margin)
                        + formula.supervisedLoss(outputs[2 * i], tokens));
                derivative[2 * i] = share * (slope + formula.supervisedDerivative(tokens));
                derivative[2 * i + 1] = -share * slope;
                add(metrics, "chosen_reward", share * formula.beta() * chosen);
                add(metrics, "rejected_reward", share * formula.beta() * rejected);
                add(metrics, "margin", share * formula.beta() * (chosen - rejected));
                add(metrics, "accuracy", chosen > rejected ? share : 0);
                add(metrics, "chosen_log_probability_change", share * chosen);
                add(metrics, "rejected_log_probability_change", share * rejected);
                add(metrics, "kl_estimate", -share * (chosen + rejected) / 2);
                add(metrics, "supervised_loss", -share * outputs[2 * i] / tokens);
            }
            return new Loss(loss, derivative, metrics);
        }

        private static void add(Map<String, Double> metrics, String name, double part) {
            metrics.merge(name, part, Double::sum);
        }

        @Override
        public Map<String, Double> summarise(Map<String, Double> sums) {
            sums.put("chosen_fell", sums.get("chosen_log_probability_change") < 0 ? 1.0 : 0.0);
            return sums;
        }
    }
}
