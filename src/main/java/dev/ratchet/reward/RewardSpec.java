package dev.ratchet.reward;

import dev.ratchet.lm.TrainingSpec;

/**
 * How a reward model is trained.
 *
 * @param centring coefficient that pulls rewards towards zero; 0 for none
 * @param evaluateEvery steps between looks at the held-out pairs; 0 for the end of each epoch
 * @param patience looks without a better held-out accuracy after which training stops; 0 for never
 */
public record RewardSpec(TrainingSpec training, double centring, int evaluateEvery, int patience) {
    public RewardSpec {
        if (evaluateEvery < 0 || patience < 0) {
            throw new IllegalArgumentException("evaluateEvery and patience must be 0 or more.");
        }
    }

    public static RewardSpec of(TrainingSpec training) {
        return new RewardSpec(training, 0, 0, 0);
    }
}
