package dev.ratchet.preference;

import dev.ratchet.reward.BradleyTerry;

/**
 * Direct preference optimisation (Rafailov et al., 2023), the sigmoid loss of one pair, as plain mathematics.
 *
 * <p>Log-probabilities are summed over a reply's tokens, in nats. With a supervised coefficient the chosen reply's mean
 * negative log-likelihood per token is added (Pang et al., 2024); with an offset scale, that share of the pair's margin
 * is asked of the reward difference (Amini et al., 2024).
 *
 * @param beta how strongly the policy is held to the reference, positive
 * @param supervised coefficient of the chosen reply's mean negative log-likelihood; 0 for none
 * @param offsetScale what a pair's margin is multiplied by; 0 for plain DPO
 */
public record Dpo(double beta, double supervised, double offsetScale) {
    public Dpo {
        if (!(beta > 0) || !(supervised >= 0) || !(offsetScale >= 0)) {
            throw new IllegalArgumentException("beta must be positive, supervised and offsetScale 0 or more.");
        }
    }

    public Dpo(double beta) {
        this(beta, 0, 0);
    }

    /** beta (log-ratio of the chosen - log-ratio of the rejected) - offset: what the sigmoid takes. */
    private double logit(double chosenRatio, double rejectedRatio, double margin) {
        return beta * (chosenRatio - rejectedRatio) - offsetScale * margin;
    }

    /**
     * The preference part of the loss: -log sigmoid(logit).
     *
     * @param chosenRatio log-probability of the chosen reply under the policy minus under the reference
     * @param rejectedRatio the same of the rejected reply
     */
    public double preferenceLoss(double chosenRatio, double rejectedRatio, double margin) {
        return BradleyTerry.softplus(-logit(chosenRatio, rejectedRatio, margin));
    }

    /** The preference loss's derivative with respect to the chosen log-ratio; the rejected one's is its negative. */
    public double preferenceDerivative(double chosenRatio, double rejectedRatio, double margin) {
        return -beta * BradleyTerry.sigmoid(-logit(chosenRatio, rejectedRatio, margin));
    }

    /** The supervised part of the loss. */
    public double supervisedLoss(double chosenLogProbability, int chosenTokens) {
        return -supervised * chosenLogProbability / chosenTokens;
    }

    /** The supervised loss's derivative with respect to the chosen log-probability. */
    public double supervisedDerivative(int chosenTokens) {
        return -supervised / chosenTokens;
    }
}
