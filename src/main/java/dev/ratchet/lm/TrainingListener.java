package dev.ratchet.lm;

import java.util.Map;

/**
 * Hears of every optimiser step; what it throws ends the run after the step, with its checkpoints kept.
 *
 * <p>Metrics: {@code loss}, {@code gradient_norm} (before clipping), {@code learning_rate}, {@code tokens} (seen by the
 * network in the step, padding left out), {@code completion_tokens} (learned from), {@code tokens_per_second},
 * {@code entropy} (of the model's next token, mean over the learned tokens, in nats; none for rewards), and the
 * objective's own.
 */
@FunctionalInterface
public interface TrainingListener {
    TrainingListener SILENT = (step, totalSteps, metrics) -> { };

    void step(int step, int totalSteps, Map<String, Double> metrics);

    /** How far something is that comes before a step and takes long, such as the reference's log-probabilities. */
    default void preparing(String what, int done, int total) {
    }

    /** Asked after each step, before {@link #step}: true writes a checkpoint now, for a run that is about to end. */
    default boolean wantsCheckpoint() {
        return false;
    }
}
