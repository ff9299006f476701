package dev.ratchet.preference;

/**
 * What is asked of pairs: the loss and its settings.
 *
 * <p>With a supervised coefficient a, the chosen reply's mean negative log-likelihood per token is added:
 * {@code loss - a l_c / n_c} (Pang et al., 2024; {@code rpo_alpha} elsewhere).
 *
 * @param beta how strongly the policy is held to the reference, positive; SimPO's scale of rewards; ORPO's lambda
 * @param labelSmoothing share of labels that are taken to be wrong, in [0, 0.5); of the conservative and robust losses
 * @param targetMargin SimPO's gamma, 0 or more
 * @param supervised coefficient of the chosen reply's mean negative log-likelihood; 0 for none
 * @param offsetScale what a pair's margin is multiplied by before it is asked of the difference of rewards; 0 for none
 */
public record PreferenceSpec(PairLoss loss, double beta, double labelSmoothing, double targetMargin, double supervised,
        double offsetScale) {
    public PreferenceSpec {
        require(beta > 0 && Double.isFinite(beta), "beta must be positive");
        require(labelSmoothing >= 0 && labelSmoothing < 0.5, "labelSmoothing must lie in [0, 0.5)");
        require(labelSmoothing == 0 || loss.smoothed(), "labelSmoothing belongs to the losses conservative and robust");
        require(targetMargin >= 0 && Double.isFinite(targetMargin), "targetMargin must be 0 or more");
        require(targetMargin == 0 || loss == PairLoss.SIMPO, "targetMargin belongs to the loss simpo");
        require(supervised >= 0 && Double.isFinite(supervised), "supervised must be 0 or more");
        require(offsetScale >= 0 && Double.isFinite(offsetScale), "offsetScale must be 0 or more");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise + ".");
        }
    }

    /** A loss with no more than beta. */
    public static PreferenceSpec of(PairLoss loss, double beta) {
        return new PreferenceSpec(loss, beta, 0, 0, 0, 0);
    }

    public PreferenceSpec withLabelSmoothing(double share) {
        return new PreferenceSpec(loss, beta, share, targetMargin, supervised, offsetScale);
    }

    public PreferenceSpec withTargetMargin(double gamma) {
        return new PreferenceSpec(loss, beta, labelSmoothing, gamma, supervised, offsetScale);
    }

    public PreferenceSpec withSupervised(double coefficient) {
        return new PreferenceSpec(loss, beta, labelSmoothing, targetMargin, coefficient, offsetScale);
    }

    public PreferenceSpec withOffsetScale(double scale) {
        return new PreferenceSpec(loss, beta, labelSmoothing, targetMargin, supervised, scale);
    }

    /** The loss of one pair, its supervised part added, and its derivatives. */
    public PairTerms terms(PairScores pair) {
        PairTerms own = loss.terms(pair, this);
        return supervised == 0 ? own
                : own.plus(new PairTerms(-supervised * pair.chosenMean(), -supervised / pair.chosenTokens(), 0));
    }

    /**
     * The reward that the policy implies for the chosen reply: beta h_c, or beta l_c/n_c where there is no reference.
     */
    public double chosenReward(PairScores pair) {
        return beta * (loss.needsReference() ? pair.chosenRatio() : pair.chosenMean());
    }

    /** The same of the rejected reply. */
    public double rejectedReward(PairScores pair) {
        return beta * (loss.needsReference() ? pair.rejectedRatio() : pair.rejectedMean());
    }
}
