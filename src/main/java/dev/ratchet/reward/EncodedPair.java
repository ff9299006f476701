package dev.ratchet.reward;

import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.Row;
import java.util.Arrays;
import java.util.List;

/** A preference pair as tokens: one prompt and two continuations that share it. */
public record EncodedPair(int[] prompt, int[] chosen, int[] rejected, double weight, double margin) {

    /** Encodes a pair; both replies end with the end-of-text token. */
    public static EncodedPair of(ConversationEncoder encoder, PreferencePair pair) {
        Example chosen = encoder.example(pair.conversation(), pair.chosen());
        Example rejected = encoder.example(pair.conversation(), pair.rejected());
        if (!Arrays.equals(chosen.prompt(), rejected.prompt())) {
            throw new IllegalStateException("One conversation gave two prompts.");
        }
        return new EncodedPair(chosen.prompt(), chosen.completion(), rejected.completion(), pair.weight(),
                pair.margin());
    }

    /** The row whose first continuation is the chosen reply and whose second is the rejected one. */
    public Row row() {
        return new Row(prompt, List.of(chosen, rejected));
    }
}
