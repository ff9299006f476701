package dev.ratchet.preference;

/**
 * The loss of one pair and its derivatives.
 *
 * @param chosen derivative with respect to the chosen reply's log-probability under the policy
 * @param rejected derivative with respect to the rejected reply's
 */
public record PairTerms(double value, double chosen, double rejected) {

    /** A function of one logit which is scale (a chosen - b rejected) + constant: the chain rule. */
    static PairTerms of(double value, double slope, double chosenScale, double rejectedScale) {
        return new PairTerms(value, slope * chosenScale, -slope * rejectedScale);
    }

    PairTerms plus(PairTerms other) {
        return new PairTerms(value + other.value, chosen + other.chosen, rejected + other.rejected);
    }
}
