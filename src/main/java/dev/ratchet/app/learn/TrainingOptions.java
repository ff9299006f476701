package dev.ratchet.app.learn;

import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.ComputeType;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How the weights move, whatever is optimised. */
final class TrainingOptions {
    @Option(names = "--epochs", paramLabel = "N", defaultValue = "1",
            description = "Passes over the training rows (default: ${DEFAULT-VALUE}).")
    int epochs;

    @Option(names = "--batch-size", paramLabel = "N", defaultValue = "8",
            description = "Rows of one pass (default: ${DEFAULT-VALUE}).")
    int batchSize;

    @Option(names = "--accumulation", paramLabel = "N", defaultValue = "1",
            description = "Passes whose gradients make one step (default: ${DEFAULT-VALUE}).")
    int accumulation;

    @Option(names = "--learning-rate", paramLabel = "RATE",
            description = "Highest learning rate (default: see below).")
    Double learningRate;

    @Option(names = "--warmup", paramLabel = "SHARE", defaultValue = "0.1",
            description = "Share of the steps in which the rate rises from 0 (default: ${DEFAULT-VALUE}).")
    double warmup;

    @Option(names = "--decay", paramLabel = "SHAPE", defaultValue = "linear",
            description = "What the rate does then: constant, linear or cosine (default: ${DEFAULT-VALUE}).")
    String decay;

    @Option(names = "--weight-decay", paramLabel = "X", defaultValue = "0",
            description = "Decoupled weight decay of the matrices (default: ${DEFAULT-VALUE}).")
    double weightDecay;

    @Option(names = "--clip", paramLabel = "NORM", defaultValue = "1",
            description = "Longest gradient; 0 for no clipping (default: ${DEFAULT-VALUE}).")
    double clip;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0",
            description = "Seed of order and initial weights: the same seed gives the same bytes (default:"
                    + " ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--checkpoint-every", paramLabel = "STEPS", defaultValue = "50",
            description = "Steps between checkpoints; Ctrl-C writes one too (default: ${DEFAULT-VALUE}).")
    int checkpointEvery;

    @Option(names = "--evaluate-every", paramLabel = "STEPS", defaultValue = "0",
            description = "Steps between looks at the held-out rows; 0 for the end only (default: ${DEFAULT-VALUE}).")
    int evaluateEvery;

    @Option(names = "--checkpoint-activations",
            description = "Compute each layer again on the way back: about a third more work, for a fraction of the"
                    + " memory.")
    boolean checkpointActivations;

    TrainingSpec spec(double rate, ComputeType type) {
        if (checkpointEvery < 1 || evaluateEvery < 0) {
            throw new Refusal("--checkpoint-every must be at least 1, --evaluate-every 0 or more.");
        }
        try {
            return new TrainingSpec(epochs, batchSize, accumulation, learningRate == null ? rate : learningRate, warmup,
                    decay(), weightDecay, clip, seed, checkpointEvery,
                            type).checkpointingActivations(checkpointActivations);
        } catch (IllegalArgumentException e) {
            throw new Refusal("The settings cannot be used: " + e.getMessage());
        }
    }

    private TrainingSpec.Decay decay() {
        try {
            return TrainingSpec.Decay.valueOf(decay.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refusal("--decay is '" + decay + "'; known are constant, linear and cosine.");
        }
    }
}
