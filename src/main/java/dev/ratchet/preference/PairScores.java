package dev.ratchet.preference;

/**
 * What policy and reference say of one pair: log-probabilities of whole replies, in nats, summed over their tokens.
 *
 * @param chosen log-probability of the chosen reply under the policy
 * @param rejected of the rejected reply under the policy
 * @param referenceChosen of the chosen reply under the reference; not read by losses without a reference
 * @param referenceRejected of the rejected reply under the reference
 * @param chosenTokens length of the chosen reply, its end token counted
 * @param rejectedTokens length of the rejected reply
 * @param margin what is asked of the difference of rewards beyond zero: the pair's margin times the offset scale
 */
public record PairScores(double chosen, double rejected, double referenceChosen, double referenceRejected,
        int chosenTokens, int rejectedTokens, double margin) {

    /** log pi(chosen) - log reference(chosen). */
    public double chosenRatio() {
        return chosen - referenceChosen;
    }

    /** log pi(rejected) - log reference(rejected). */
    public double rejectedRatio() {
        return rejected - referenceRejected;
    }

    /** Mean log-probability of the chosen reply's tokens under the policy. */
    public double chosenMean() {
        return chosen / chosenTokens;
    }

    /** Mean log-probability of the rejected reply's tokens under the policy. */
    public double rejectedMean() {
        return rejected / rejectedTokens;
    }
}
