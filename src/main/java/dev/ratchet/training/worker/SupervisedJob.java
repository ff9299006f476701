package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.lm.TrainingLoop;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fine-tunes the champion on the answers that people chose. */
record SupervisedJob(Job job) {

    RunResult run() throws IOException {
        job.progress().stage("Loading the champion");
        try (LanguageModel model = job.policy(RunSpec.CHAMPION)) {
            List<SnapshotPair> pairs = new Fitting(model, 0).pairs(job.pairs("train"));
            List<SupervisedExample> examples = pairs.stream()
                    .map(pair -> new SupervisedExample(pair.prompt(), pair.chosen()))
                    .toList();
            TrainingLoop.Result result = new SupervisedTrainer()
                    .train(
                            model,
                            examples,
                            job.training(job.spec().recipe().supervised()),
                            job.folder().checkpoints(),
                            job.progress().training("Training on chosen answers"));
            job.progress().stage("Saving the policy");
            model.save(job.folder().output(), StorageType.FLOAT32);
            Map<String, Object> metrics = new LinkedHashMap<>(result.metrics());
            metrics.remove("tokens_per_second");
            metrics.put("steps", result.steps());
            return new RunResult(
                    true, "supervised@1", null, null, metrics, Map.of("examples", (long) examples.size()));
        }
    }
}
