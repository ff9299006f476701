package dev.ratchet.preference;

import dev.ratchet.reward.EncodedPair;

/**
 * A pair with what the reference says of it.
 *
 * @param chosen log-probability of the chosen reply under the reference, in nats; NaN where no loss reads it
 * @param rejected the same of the rejected reply
 */
record ReferredPair(EncodedPair pair, double chosen, double rejected) {
    /** The pair as the policy sees it now. */
    PairScores scores(double chosenNow, double rejectedNow, double offsetScale) {
        return new PairScores(chosenNow, rejectedNow, chosen, rejected, pair.chosen().length, pair.rejected().length,
                offsetScale * pair.margin());
    }
}
