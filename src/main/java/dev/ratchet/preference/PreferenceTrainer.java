package dev.ratchet.preference;

import dev.ratchet.lm.LanguageModel;
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
 * Optimises a policy on preference pairs by any {@link PairLoss}; where the loss needs a frozen reference, its
 * log-probabilities are computed once before the first step.
 */
public final class PreferenceTrainer {
    /**
     * How training went.
     *
     * @param warnings what a person should look at, in words; empty when all is well
     */
    public record Result(int steps, Map<String, Double> metrics, List<String> warnings) {
    }

    /** Trains the policy in place; the policy as it comes is the reference. */
    public Result train(LanguageModel policy, List<PreferencePair> pairs, PreferenceSpec spec, TrainingSpec training,
            Path checkpoints, TrainingListener listener) {
        return train(policy, Reference.ITSELF, pairs, spec, training, checkpoints, listener);
    }

    /**
     * Trains the policy in place.
     *
     * <p>Weights count relative to their mean over all pairs; metrics are plain means.
     *
     * <p>Metrics besides the loop's: {@code chosen_reward}, {@code rejected_reward} and {@code margin} (beta times
     * log-ratios to the reference, or beta times the mean token's log-probability where there is none),
     * {@code accuracy} (share of pairs whose chosen reward is higher), {@code chosen_log_probability} and
     * {@code rejected_log_probability} (nats per reply), {@code supervised_loss} (the chosen reply's, per token, before
     * its coefficient); with a reference also {@code chosen_log_probability_change} and
     * {@code rejected_log_probability_change} (nats per reply), {@code chosen_fell} (1 where the former is below zero)
     * and {@code kl_estimate} (nats per reply: the mean of log reference - log policy over both replies, which
     * estimates KL(reference || policy) where the reference wrote them).
     *
     * @param checkpoints folder of this run alone, from which it resumes; null for none
     */
    public Result train(LanguageModel policy, Reference reference, List<PreferencePair> pairs, PreferenceSpec spec,
            TrainingSpec training, Path checkpoints, TrainingListener listener) {
        return trainTokens(policy, reference, pairs.stream().map(p -> EncodedPair.of(policy.encoder(), p)).toList(),
                spec, training, checkpoints, listener);
    }

    /** The same on pairs that are tokens already. */
    public Result trainTokens(LanguageModel policy, Reference reference, List<EncodedPair> pairs, PreferenceSpec spec,
            TrainingSpec training, Path checkpoints, TrainingListener listener) {
        double[] frozen = spec.loss().needsReference()
                ? new ReferenceScores(reference, policy, training.computeType(), checkpoints)
                        .of(pairs.stream().map(EncodedPair::row).toList(), ReferenceScores.listener(listener))
                : null;
        List<EncodedPair> weighted = EncodedPair.normalised(pairs);
        List<ReferredPair> referred = new ArrayList<>();
        for (int i = 0; i < weighted.size(); i++) {
            referred.add(frozen == null ? new ReferredPair(weighted.get(i), Double.NaN, Double.NaN)
                    : new ReferredPair(weighted.get(i), frozen[2 * i], frozen[2 * i + 1]));
        }
        LikelihoodWatch watch = new LikelihoodWatch(listener);
        TrainingLoop.Result result = new TrainingLoop<>(policy.decoder(), new PairObjective(spec), training, referred)
                .run(checkpoints, watch, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
        return new Result(result.steps(), result.metrics(), watch.warnings());
    }
}
