package dev.ratchet.preference;

import dev.ratchet.lm.Example;
import dev.ratchet.lm.Row;
import java.util.List;

/**
 * A judged reply as tokens, with a reply to another prompt by which the divergence is estimated.
 *
 * @param mismatched a reply that another prompt of the same pass was given
 * @param reference log-probability of the reply under the reference, in nats
 * @param referenceMismatched the same of the mismatched reply after this prompt
 */
record JudgedReply(Example example, int[] mismatched, boolean desirable, double weight, double reference,
        double referenceMismatched) {

    /** The row whose first continuation is the reply and whose second is the mismatched one. */
    Row row() {
        return new Row(example.prompt(), List.of(example.completion(), mismatched));
    }
}
