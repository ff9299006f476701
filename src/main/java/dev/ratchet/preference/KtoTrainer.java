package dev.ratchet.preference;

import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingLoop;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.ExampleWeights;
import dev.ratchet.reward.UnpairedExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/**
 * Optimises a policy on replies that were judged one by one, by {@link Kto}.
 *
 * <p>Each prompt is also paired with the reply of the example before it in its pass (the first with the last one's), or
 * of the nearest one before that which has another prompt; a last one that is alone in its pass with the reply before
 * it. Examples of a pass stay together in every epoch, so that the replies of the estimate are those of the pass.
 */
public final class KtoTrainer {
    /** Trains the policy in place; the policy as it comes is the reference. */
    public PreferenceTrainer.Result train(LanguageModel policy, List<UnpairedExample> examples, Kto kto,
            TrainingSpec training, Path checkpoints, TrainingListener listener) {
        return train(policy, Reference.ITSELF, examples, kto, training, checkpoints, listener);
    }

    /**
     * Trains the policy in place.
     *
     * <p>Weights count relative to their mean over all examples; metrics are plain means.
     *
     * <p>Metrics besides the loop's: {@code chosen_reward} and {@code rejected_reward} (beta times the log-ratio, mean
     * over desirable and undesirable replies), {@code margin} (their difference), {@code kl} (nats per reply, the
     * estimate that the loss uses), {@code chosen_log_probability_change}, {@code rejected_log_probability_change} and
     * {@code chosen_fell} as of {@link PreferenceTrainer}.
     *
     * @param checkpoints folder of this run alone, from which it resumes; null for none
     * @throws IllegalArgumentException where a pass holds a single example, whose divergence cannot be estimated
     */
    public PreferenceTrainer.Result train(LanguageModel policy, Reference reference, List<UnpairedExample> examples,
            Kto kto, TrainingSpec training, Path checkpoints, TrainingListener listener) {
        int pass = training.batchSize();
        if (pass < 2) {
            throw new IllegalArgumentException("KTO needs a batchSize of at least 2: it estimates the divergence by"
                    + " other examples' replies.");
        }
        List<UnpairedExample> ordered = new ArrayList<>(examples);
        if (training.order() == TrainingSpec.Order.SHUFFLED) {
            Collections.shuffle(ordered, new Random(training.seed()));
        }
        List<Example> encoded = ordered.stream().map(e -> policy.example(e.conversation(), e.reply())).toList();
        int[][] mismatched = mismatched(encoded, pass);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < mismatched.length; i++) {
            // The prompt may be longer than the one that the reply was given to.
            int room = policy.contextLength() - encoded.get(i).prompt().length;
            mismatched[i] = mismatched[i].length > room ? Arrays.copyOf(mismatched[i], room) : mismatched[i];
            rows.add(new Row(encoded.get(i).prompt(), List.of(encoded.get(i).completion(), mismatched[i])));
        }
        double[] frozen = new ReferenceScores(reference, policy, training.computeType(), checkpoints)
                .of(rows, ReferenceScores.listener(listener));
        double[] weights = ExampleWeights.normalised(ordered.stream().mapToDouble(UnpairedExample::weight).toArray());
        List<JudgedReply> judged = new ArrayList<>();
        for (int i = 0; i < mismatched.length; i++) {
            judged.add(new JudgedReply(encoded.get(i), mismatched[i], ordered.get(i).desirable(), weights[i],
                    frozen[2 * i], frozen[2 * i + 1]));
        }
        LikelihoodWatch watch = new LikelihoodWatch(listener);
        TrainingLoop.Result result = new TrainingLoop<>(policy.decoder(), new KtoObjective(kto, pass), training, judged)
                .run(checkpoints, watch, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
        return new PreferenceTrainer.Result(result.steps(), result.metrics(), watch.warnings());
    }

    /** For each example the reply of another one of its pass, by which the divergence is estimated. */
    public static int[][] mismatched(List<Example> examples, int pass) {
        int[][] replies = new int[examples.size()][];
        for (int begin = 0; begin < replies.length; begin += pass) {
            int count = Math.min(pass, replies.length - begin);
            for (int i = 0; i < count; i++) {
                int mate = count == 1 ? Math.max(0, begin - 1) : begin + mate(examples, begin, count, i);
                replies[begin + i] = examples.get(mate).completion();
            }
        }
        return replies;
    }

    /**
     * The place of the nearest example before {@code own}, around the pass, that has another prompt; else of the
     * nearest.
     */
    private static int mate(List<Example> examples, int begin, int count, int own) {
        for (int back = 1; back < count; back++) {
            int other = Math.floorMod(own - back, count);
            if (!Arrays.equals(examples.get(begin + own).prompt(), examples.get(begin + other).prompt())) {
                return other;
            }
        }
        return Math.floorMod(own - 1, count);
    }
}
