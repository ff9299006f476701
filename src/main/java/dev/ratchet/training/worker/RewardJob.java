package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.registry.Digests;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.reward.RewardSpec;
import dev.ratchet.reward.RewardTrainer;
import dev.ratchet.task.OpenTask;
import dev.ratchet.training.Recipe;
import dev.ratchet.training.RunFolder;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a reward model on people's pairs, from the champion's trunk; a part of the training prompts says when to stop.
 */
record RewardJob(Job job) {

    RunResult run() throws IOException {
        job.progress().stage("Loading the champion's trunk");
        try (LanguageModel champion = job.policy(RunSpec.CHAMPION);
                RewardModel reward = RewardModel.fromTrunk(champion, Pooling.MEAN)) {
            Fitting fitting = new Fitting(champion, 0);
            List<SnapshotPair> train = fitting.pairs(job.pairs("train"));
            List<SnapshotPair> heldOut = fitting.pairs(job.pairs("eval"));
            List<PreferencePair> fit = train.stream().filter(pair -> !validates(pair)).map(RewardJob::pair).toList();
            List<PreferencePair> validation = train.stream().filter(this::validates).map(RewardJob::pair).toList();
            Map<String, Object> metrics = new LinkedHashMap<>();
            train(reward, fit, validation, metrics);
            job.progress().stage("Measuring on held-out pairs");
            RewardAccuracy.of(reward, heldOut).addTo(metrics);
            scoreOpenTasks(reward, fitting);
            job.progress().stage("Saving the reward model");
            reward.save(job.folder().output());
            return new RunResult(
                    true,
                    "bradley-terry@1",
                    reward.pooling().code(),
                    null,
                    metrics,
                    Map.of(
                            "training_pairs", (long) fit.size(),
                            "validation_pairs", (long) validation.size(),
                            "heldout_pairs", (long) heldOut.size()));
        }
    }

    /** What the queue orders its open tasks by. */
    private void scoreOpenTasks(RewardModel reward, Fitting fitting) {
        RunFolder folder = job.folder();
        if (Files.exists(folder.tasks())) {
            folder.writeLines(folder.taskRewards(), new TaskScoring(reward, fitting)
                    .of(RunFolder.readLines(folder.tasks(), OpenTask.class),
                            job.progress().counting("Scoring the tasks that wait")));
        }
    }

    private void train(
            RewardModel reward, List<PreferencePair> fit, List<PreferencePair> validation,
            Map<String, Object> metrics) {
        Recipe recipe = job.spec().recipe();
        RewardTrainer.Result result = new RewardTrainer()
                .train(
                        reward,
                        fit,
                        validation,
                        new RewardSpec(job.training(recipe.reward()), 0, recipe.evaluateEvery(), recipe.patience()),
                        job.folder().checkpoints(),
                        job.progress().training("Training the reward model"));
        metrics.putAll(result.metrics());
        metrics.remove("tokens_per_second");
        // The trainer's word for the pairs that say when to stop; people's held-out pairs are measured apart.
        metrics.remove("heldout_accuracy");
        metrics.put("steps", result.steps());
        metrics.put("best_step", result.bestStep());
        if (Double.isFinite(result.heldOutAccuracy())) {
            metrics.put("validation_accuracy", result.heldOutAccuracy());
        }
    }

    /** All pairs of a prompt stay on one side. */
    private boolean validates(SnapshotPair pair) {
        String digest = Digests.ofText(job.spec().seed() + "/validation/" + pair.promptId());
        double place = Integer.parseInt(digest.substring(0, 6), 16) / (double) (1 << 24);
        return place < job.spec().recipe().validationShare();
    }

    static PreferencePair pair(SnapshotPair pair) {
        return new PreferencePair(pair.prompt(), pair.chosen(), pair.rejected(), pair.weight(), pair.margin());
    }
}
