package dev.ratchet.reward;

import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingLoop;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains a reward model on preference pairs; given held-out pairs, it ends with the weights that judged them best. */
public final class RewardTrainer {
    /**
     * How training went.
     *
     * @param heldOutAccuracy of the weights that the model now has; NaN without held-out pairs
     * @param bestStep the step that those weights come from
     */
    public record Result(int steps, Map<String, Double> metrics, double heldOutAccuracy, int bestStep) {
    }

    /**
     * Trains the model in place.
     *
     * <p>Weights count relative to their mean over all pairs; metrics are plain means. Metrics besides the loop's:
     * {@code accuracy}, {@code chosen_reward}, {@code rejected_reward}, {@code margin} (their difference),
     * {@code reward} (their mean), and {@code heldout_accuracy} at each look.
     *
     * @param heldOut pairs that are never trained on; may be empty
     * @param checkpoints folder of this run alone, from which it resumes; null for none
     */
    public Result train(RewardModel model, List<PreferencePair> pairs, List<PreferencePair> heldOut, RewardSpec spec,
            Path checkpoints, TrainingListener listener) {
        List<EncodedPair> training = EncodedPair.normalised(
                pairs.stream().map(p -> EncodedPair.of(model.encoder(), p)).toList());
        List<EncodedPair> watched = heldOut.stream().map(p -> EncodedPair.of(model.encoder(), p)).toList();
        TrainingLoop<EncodedPair> loop = new TrainingLoop<>(model.decoder(),
                new RewardObjective(new BradleyTerry(spec.centring()), model.pooling().head()), spec.training(),
                training);
        if (watched.isEmpty()) {
            TrainingLoop.Result result = loop.run(checkpoints, listener, TrainingLoop.Inspector.NONE,
                    new LinkedHashMap<>());
            return new Result(result.steps(), result.metrics(), Double.NaN, result.steps());
        }
        Watch watch = new Watch(model, watched, spec);
        TrainingLoop.Result result = loop.run(checkpoints, listener, watch, watch.notes);
        return new Result(result.steps(), result.metrics(), watch.note("best_accuracy"),
                (int) watch.note("best_step"));
    }

    /** Looks at the held-out pairs now and then, keeps the best weights, and stops when they no longer improve. */
    private static final class Watch implements TrainingLoop.Inspector {
        private final RewardModel model;
        private final List<EncodedPair> pairs;
        private final RewardSpec spec;
        private final Map<String, Double> notes = new LinkedHashMap<>();

        Watch(RewardModel model, List<EncodedPair> pairs, RewardSpec spec) {
            this.model = model;
            this.pairs = pairs;
            this.spec = spec;
        }

        private double note(String name) {
            return notes.getOrDefault(name, 0.0);
        }

        @Override
        public TrainingLoop.Verdict inspect(int step, int totalSteps, boolean epochEnds) {
            boolean due = spec.evaluateEvery() == 0 ? epochEnds : step % spec.evaluateEvery() == 0;
            if (!due && step != totalSteps) {
                return new TrainingLoop.Verdict(Map.of(), false, false, notes);
            }
            double accuracy = model.accuracyOf(pairs);
            boolean better = !notes.containsKey("best_accuracy") || accuracy > note("best_accuracy");
            if (better) {
                notes.put("best_accuracy", accuracy);
                notes.put("best_step", (double) step);
            }
            notes.put("looks_since_best", better ? 0 : note("looks_since_best") + 1);
            boolean stop = spec.patience() > 0 && note("looks_since_best") >= spec.patience();
            return new TrainingLoop.Verdict(Map.of("heldout_accuracy", accuracy), better, stop, notes);
        }
    }
}
