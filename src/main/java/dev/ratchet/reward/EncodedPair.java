package dev.ratchet.reward;

import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.Row;
import java.util.ArrayList;
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

    /** The pairs with their weights normalised to a mean of one over all of them. */
    public static List<EncodedPair> normalised(List<EncodedPair> pairs) {
        double[] weights = ExampleWeights.normalised(pairs.stream().mapToDouble(EncodedPair::weight).toArray());
        List<EncodedPair> normalised = new ArrayList<>();
        for (EncodedPair pair : pairs) {
            normalised.add(new EncodedPair(pair.prompt, pair.chosen, pair.rejected, weights[normalised.size()],
                    pair.margin));
        }
        return normalised;
    }

    /** The row whose first continuation is the chosen reply and whose second is the rejected one. */
    public Row row() {
        return new Row(prompt, List.of(chosen, rejected));
    }
}
