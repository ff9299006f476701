package dev.ratchet.preference;

import static dev.ratchet.reward.BradleyTerry.sigmoid;

/**
 * Kahneman-Tversky optimisation (Ethayarajh et al., 2024, eq. 7 and 8), the loss of one judged reply.
 *
 * <p>With h the reply's log-ratio of policy to reference, summed over its tokens, z the batch's estimate of
 * KL(policy || reference), which no gradient passes, and s the logistic function: {@code w_d (1 - s(beta (h - z)))} for
 * a desirable reply, {@code w_u (1 - s(beta (z - h)))} for an undesirable one. z = max(0, mean log-ratio of mismatched
 * replies), the replies of other prompts of the batch.
 *
 * @param beta how strongly the policy is held to the reference, positive
 * @param desirableWeight w_d, positive
 * @param undesirableWeight w_u, positive
 * @param supervised coefficient of a desirable reply's mean negative log-likelihood per token; 0 for none
 */
public record Kto(double beta, double desirableWeight, double undesirableWeight, double supervised) {
    public Kto {
        if (!(beta > 0) || !(desirableWeight > 0) || !(undesirableWeight > 0) || !(supervised >= 0)) {
            throw new IllegalArgumentException(
                    "beta, desirableWeight and undesirableWeight must be positive, supervised 0 or more.");
        }
    }

    public Kto(double beta) {
        this(beta, 1, 1, 0);
    }

    /** The loss of one reply but for its supervised part. */
    public double loss(double ratio, boolean desirable, double divergence) {
        return desirable ? desirableWeight * sigmoid(-beta * (ratio - divergence))
                : undesirableWeight * sigmoid(beta * (ratio - divergence));
    }

    /** Its derivative with respect to the log-ratio, the divergence held fixed. */
    public double derivative(double ratio, boolean desirable, double divergence) {
        double s = sigmoid(beta * (ratio - divergence));
        return (desirable ? -desirableWeight : undesirableWeight) * beta * s * (1 - s);
    }
}
