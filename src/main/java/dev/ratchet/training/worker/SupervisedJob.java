package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.dataset.export.TrainingExamples;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.lm.TrainingLoop;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fine-tunes the champion on the answers that people chose or wrote, and on imported demonstrations and documents. */
record SupervisedJob(Job job) {

    RunResult run() throws IOException {
        job.progress().stage("Loading the champion");
        try (LanguageModel model = job.policy(RunSpec.CHAMPION)) {
            Fitting fitting = new Fitting(model, 0);
            List<SupervisedExample> examples = new ArrayList<>();
            for (SnapshotPair pair : fitting.pairs(job.pairs("train"))) {
                examples.add(new SupervisedExample(pair.prompt(), pair.chosen()));
            }
            Map<String, Long> counts = new TreeMap<>(Map.of("chosen", (long) examples.size()));
            for (TrainingExamples.Example example : job.examples()) {
                if (example.prompt().isEmpty()) {
                    examples.add(SupervisedExample.text(example.text()));
                } else if (fitting.fits(example.prompt(), example.text())) {
                    examples.add(new SupervisedExample(example.prompt(), example.text()));
                } else {
                    continue;
                }
                counts.merge(example.source(), 1L, Long::sum);
            }
            counts.put("examples", (long) examples.size());
            TrainingLoop.Result result = new SupervisedTrainer()
                    .train(
                            model,
                            examples,
                            job.training(job.spec().recipe().supervised()),
                            job.folder().checkpoints(),
                            job.progress().training("Training on answers"));
            job.progress().stage("Saving the policy");
            model.save(job.folder().output(), StorageType.FLOAT32);
            Map<String, Object> metrics = new LinkedHashMap<>(result.metrics());
            metrics.remove("tokens_per_second");
            metrics.put("steps", result.steps());
            return new RunResult(
                    true, "supervised@1", null, null, metrics, counts);
        }
    }
}
