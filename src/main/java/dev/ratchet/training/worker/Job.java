package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotFile;
import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.dataset.export.TrainingExamples;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.training.RunFolder;
import dev.ratchet.training.RunInputs;
import dev.ratchet.training.RunKind;
import dev.ratchet.training.RunPrompt;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import dev.ratchet.training.TrainingRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A run as its worker sees it: what was asked for, where things lie, and where to report. */
record Job(RunSpec spec, RunInputs inputs, RunFolder folder, ProgressLog progress) {

    RunResult run() throws IOException {
        return switch (RunKind.of(spec.kind())) {
            case SUPERVISED -> new SupervisedJob(this).run();
            case REWARD -> new RewardJob(this).run();
            case PREFERENCE -> new PreferenceJob(this).run();
            case EVALUATION -> new EvaluationJob(this).run();
        };
    }

    ComputeType computeType() {
        return ComputeType.valueOf(spec.compute().type().toUpperCase(Locale.ROOT));
    }

    Path model(String part) {
        String folderOfPart = inputs.models().get(part);
        if (folderOfPart == null) {
            throw new IllegalStateException("The run's inputs name no %s model.".formatted(part));
        }
        return Path.of(folderOfPart);
    }

    LanguageModel policy(String part) {
        return LanguageModel.load(model(part), computeType());
    }

    RewardModel reward() {
        return RewardModel.load(model(RunSpec.REWARD), computeType());
    }

    /** The snapshot's pairs of a split, in its order. */
    List<SnapshotPair> pairs(String split) {
        try {
            return SnapshotFile.read(Path.of(inputs.snapshot())).stream()
                    .filter(pair -> pair.split().equals(split))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("The snapshot cannot be read: " + failure.getMessage(), failure);
        }
    }

    List<RunPrompt> prompts() {
        return RunFolder.readLines(folder.prompts(), RunPrompt.class);
    }

    /** What is learned besides the pairs' chosen answers. */
    List<TrainingExamples.Example> examples() {
        return RunFolder.readLines(folder.examples(), TrainingExamples.Example.class);
    }

    TrainingSpec training(TrainingRecipe recipe) {
        return new TrainingSpec(
                recipe.epochs(),
                recipe.batchSize(),
                recipe.accumulation(),
                recipe.learningRate(),
                recipe.warmupShare(),
                TrainingSpec.Decay.COSINE,
                recipe.weightDecay(),
                recipe.clipNorm(),
                spec.seed(),
                recipe.checkpointEvery(),
                computeType());
    }
}
