package dev.ratchet.lm;

import dev.ratchet.tensor.ComputeType;

/**
 * How a training run is done, whatever it optimises.
 *
 * @param epochs passes over the examples, at least 1
 * @param batchSize sequences, or pairs, of one pass
 * @param accumulation passes whose gradients make one optimiser step
 * @param learningRate the highest rate of the schedule
 * @param warmupShare share of all steps in which the rate rises from 0
 * @param decay what the rate does after that
 * @param weightDecay decoupled (AdamW); matrices only
 * @param clipNorm longest gradient, as a global norm; 0 for no clipping
 * @param seed decides the order of the examples
 * @param checkpointEvery steps between checkpoints; 0 for none
 * @param computeType what products run in; weights and optimiser state are float32 whatever it is
 * @param order whether examples are shuffled in each epoch
 * @param checkpointActivations whether a pass keeps each layer's input alone and computes the layer again on its way
 *     back: about a third more work, for a fraction of the memory
 */
public record TrainingSpec(int epochs, int batchSize, int accumulation, double learningRate, double warmupShare,
        Decay decay, double weightDecay, double clipNorm, long seed, int checkpointEvery, ComputeType computeType,
        Order order, boolean checkpointActivations) {

    /** What the learning rate does after the warm-up. */
    public enum Decay { CONSTANT, LINEAR, COSINE }

    /** In which order examples come. */
    public enum Order { SHUFFLED, AS_GIVEN }

    public TrainingSpec {
        require(epochs >= 1, "epochs must be at least 1");
        require(batchSize >= 1, "batchSize must be at least 1");
        require(accumulation >= 1, "accumulation must be at least 1");
        require(learningRate > 0 && Double.isFinite(learningRate), "learningRate must be positive");
        require(warmupShare >= 0 && warmupShare <= 1, "warmupShare must lie in [0, 1]");
        require(weightDecay >= 0, "weightDecay must be 0 or more");
        require(clipNorm >= 0, "clipNorm must be 0 (off) or more");
        require(checkpointEvery >= 0, "checkpointEvery must be 0 (off) or more");
    }

    public TrainingSpec(int epochs, int batchSize, int accumulation, double learningRate, double warmupShare,
            Decay decay, double weightDecay, double clipNorm, long seed, int checkpointEvery, ComputeType computeType) {
        this(epochs, batchSize, accumulation, learningRate, warmupShare, decay, weightDecay, clipNorm, seed,
                checkpointEvery, computeType, Order.SHUFFLED);
    }

    public TrainingSpec(int epochs, int batchSize, int accumulation, double learningRate, double warmupShare,
            Decay decay, double weightDecay, double clipNorm, long seed, int checkpointEvery, ComputeType computeType,
            Order order) {
        this(epochs, batchSize, accumulation, learningRate, warmupShare, decay, weightDecay, clipNorm, seed,
                checkpointEvery, computeType, order, false);
    }

    /** The same, with each layer computed again on the way back, or not. */
    public TrainingSpec checkpointingActivations(boolean checkpoint) {
        return new TrainingSpec(epochs, batchSize, accumulation, learningRate, warmupShare, decay, weightDecay,
                clipNorm, seed, checkpointEvery, computeType, order, checkpoint);
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise + ".");
        }
    }

    /** The learning rate of a step, which counts from 1, of {@code totalSteps}. */
    public double rate(int step, int totalSteps) {
        int warmup = (int) Math.round(warmupShare * totalSteps);
        if (step <= warmup) {
            return learningRate * step / warmup;
        }
        double progress = (step - 1 - warmup) / (double) Math.max(1, totalSteps - warmup);
        return learningRate * switch (decay) {
            case CONSTANT -> 1;
            case LINEAR -> 1 - progress;
            case COSINE -> (1 + Math.cos(Math.PI * progress)) / 2;
        };
    }
}
