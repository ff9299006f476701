package dev.ratchet.preference;

import java.util.List;

/**
 * How a policy learns from its own samples.
 *
 * <p>A reply's reward is its score, less {@code lengthPenalty} for each of its tokens. The divergence from the
 * reference enters by its estimator: {@link KlEstimator#K1} is taken off the reward, {@code klCoefficient} times its
 * sum over the reply's tokens; {@link KlEstimator#K3} is added to the loss at each token, averaged as the method
 * averages.
 *
 * @param groupSize replies to each prompt, at least 2
 * @param maxTokens most tokens of a reply
 * @param klCoefficient 0 for no reference
 * @param clip range of the ratio to the sampler
 * @param iterations optimiser steps on each batch of samples, at least 1
 * @param lengthPenalty reward taken off for each token of a reply, 0 or more
 */
public record OnlineSpec(OnlineMethod method, int groupSize, int maxTokens, double klCoefficient,
        KlEstimator klEstimator, ClippedRatio clip, int iterations, double lengthPenalty) {
    public OnlineSpec {
        require(groupSize >= 2, "groupSize must be at least 2: a reply is compared with others to its prompt");
        require(maxTokens >= 1, "maxTokens must be at least 1");
        require(klCoefficient >= 0 && Double.isFinite(klCoefficient), "klCoefficient must be 0 (off) or more");
        require(iterations >= 1, "iterations must be at least 1");
        require(lengthPenalty >= 0 && Double.isFinite(lengthPenalty), "lengthPenalty must be 0 (off) or more");
    }

    /** RLOO as its paper has it: the divergence in the reward, one step on each batch. */
    public static OnlineSpec rloo(int groupSize, int maxTokens, double klCoefficient) {
        return new OnlineSpec(OnlineMethod.RLOO, groupSize, maxTokens, klCoefficient, KlEstimator.K1,
                new ClippedRatio(0.2, 0.2), 1, 0);
    }

    /** GRPO as its paper has it: the divergence in the loss, one step on each batch. */
    public static OnlineSpec grpo(int groupSize, int maxTokens, double klCoefficient) {
        return new OnlineSpec(OnlineMethod.GRPO, groupSize, maxTokens, klCoefficient, KlEstimator.K3,
                new ClippedRatio(0.2, 0.2), 1, 0);
    }

    boolean penalisesReward() {
        return klCoefficient > 0 && klEstimator == KlEstimator.K1;
    }

    boolean penalisesLoss() {
        return klCoefficient > 0 && klEstimator == KlEstimator.K3;
    }

    /**
     * The rewards of a group's replies: their scores, less what length and divergence cost.
     *
     * @param sampler log-probability of each reply's tokens under the policy that sampled them; read for K1 alone
     * @param reference the same under the reference
     */
    double[] rewards(double[] scores, List<int[]> replies, double[][] sampler, double[][] reference) {
        double[] rewards = scores.clone();
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] -= lengthPenalty * replies.get(i).length;
            for (int t = 0; penalisesReward() && t < sampler[i].length; t++) {
                rewards[i] -= klCoefficient * klEstimator.value(reference[i][t] - sampler[i][t]);
            }
        }
        return rewards;
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise + ".");
        }
    }
}
