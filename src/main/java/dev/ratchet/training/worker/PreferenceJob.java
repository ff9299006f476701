package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.preference.PairLoss;
import dev.ratchet.preference.PreferenceSpec;
import dev.ratchet.preference.PreferenceTrainer;
import dev.ratchet.registry.Digests;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.training.Recipe;
import dev.ratchet.training.RunFolder;
import dev.ratchet.training.RunPrompt;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Optimises the champion by DPO on people's pairs and on pairs that the reward model labels among fresh samples of the
 * champion's. The labelled pairs stay in the run's folder; a resumed run uses them again.
 */
record PreferenceJob(Job job) {

    RunResult run() throws IOException {
        job.progress().stage("Loading the champion");
        try (LanguageModel policy = job.policy(RunSpec.CHAMPION)) {
            if (!Files.exists(job.folder().labelled())) {
                label(policy);
            }
            List<SnapshotPair> people = new Fitting(policy, 0).pairs(job.pairs("train"));
            List<SnapshotPair> labelled = RunFolder.readLines(job.folder().labelled(), SnapshotPair.class);
            List<PreferencePair> pairs = new ArrayList<>();
            people.forEach(pair -> pairs.add(RewardJob.pair(pair)));
            labelled.forEach(pair -> pairs.add(RewardJob.pair(pair)));
            Map<String, Object> metrics = train(policy, pairs);
            job.progress().stage("Saving the candidate");
            policy.save(job.folder().output(), StorageType.FLOAT32);
            return new RunResult(
                    true,
                    "dpo-sigmoid@1",
                    null,
                    Digests.ofFile(job.folder().labelled()),
                    metrics,
                    Map.of("people_pairs", (long) people.size(), "labelled_pairs", (long) labelled.size()));
        }
    }

    private void label(LanguageModel policy) {
        RunSpec spec = job.spec();
        Recipe recipe = spec.recipe();
        Fitting fitting = new Fitting(policy, spec.generation().maxTokens());
        List<RunPrompt> prompts = fitting.prompts(job.prompts());
        List<Completion> replies = new Sampler(spec.generation(), spec.seed())
                .sample(policy, prompts, job.progress().counting("Sampling fresh replies"));
        job.progress().stage("Scoring the replies");
        try (RewardModel reward = job.reward()) {
            double[] scores = new ReplyScores(reward, fitting).of(prompts, replies, spec.generation().samples());
            List<SnapshotPair> pairs = new Labelling(recipe.pairsPerPrompt(), recipe.labelledWeight())
                    .label(prompts, replies, scores);
            job.folder().writeLines(job.folder().labelled(), fitting.pairs(pairs));
        }
    }

    private Map<String, Object> train(LanguageModel policy, List<PreferencePair> pairs) {
        RunSpec spec = job.spec();
        PreferenceTrainer.Result result = new PreferenceTrainer()
                .train(
                        policy,
                        pairs,
                        PreferenceSpec.of(PairLoss.SIGMOID, spec.beta()).withSupervised(spec.supervisedCoefficient()),
                        job.training(spec.recipe().preference()),
                        job.folder().checkpoints(),
                        job.progress().training("Optimising the policy"));
        Map<String, Object> metrics = new LinkedHashMap<>(result.metrics());
        metrics.remove("tokens_per_second");
        metrics.put("steps", result.steps());
        if (!result.warnings().isEmpty()) {
            metrics.put("warnings", result.warnings());
        }
        return metrics;
    }
}
