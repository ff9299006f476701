package dev.ratchet.app.learn;

import dev.ratchet.lm.Sampling;
import dev.ratchet.lm.WeightType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How replies are drawn. */
final class SamplingOptions {
    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "256",
            description = "Most tokens of a reply (default: ${DEFAULT-VALUE}).")
    int maxTokens;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0",
            description = "0 takes the likeliest token, 1 draws as the model says (default: ${DEFAULT-VALUE}).")
    double temperature;

    @Option(names = "--top-k", paramLabel = "K", defaultValue = "0",
            description = "Draw from the K likeliest tokens only; 0 for all (default: ${DEFAULT-VALUE}).")
    int topK;

    @Option(names = "--top-p", paramLabel = "P", defaultValue = "1",
            description = "Draw from the likeliest tokens that reach this probability together (default:"
                    + " ${DEFAULT-VALUE}).")
    double topP;

    @Option(names = "--min-p", paramLabel = "P", defaultValue = "0",
            description = "Draw from tokens with at least this share of the likeliest one's probability (default:"
                    + " ${DEFAULT-VALUE}).")
    double minP;

    @Option(names = "--repetition-penalty", paramLabel = "X", defaultValue = "1",
            description = "What logits of tokens that were there already are divided by; 1 for nothing (default:"
                    + " ${DEFAULT-VALUE}).")
    double repetitionPenalty;

    @Option(names = "--samples", paramLabel = "N", defaultValue = "1",
            description = "Replies to each prompt (default: ${DEFAULT-VALUE}).")
    int samples;

    @Option(names = "--sampling-seed", paramLabel = "N", defaultValue = "0",
            description = "Seed of the draws (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--stop", paramLabel = "TEXT", description = "A text that ends a reply; may be given several"
            + " times.")
    List<String> stop = new ArrayList<>();

    @Option(names = "--weights", paramLabel = "TYPE", defaultValue = "auto",
            description = "How generation holds the weights: float32, bfloat16, int8 or int4; fewer bytes are faster"
                    + " and coarser; auto follows --compute, and is float32 under an adapter (default:"
                    + " ${DEFAULT-VALUE}).")
    String weights;

    /** @param otherwise the type where the user names none */
    WeightType weights(WeightType otherwise) {
        try {
            return weights.equals("auto") ? otherwise : WeightType.named(weights);
        } catch (IllegalArgumentException e) {
            throw new Refusal("--weights: " + e.getMessage());
        }
    }

    Sampling sampling() {
        if (samples < 1) {
            throw new Refusal("--samples must be at least 1.");
        }
        try {
            return new Sampling(maxTokens, temperature, topK, topP, minP, repetitionPenalty, seed, stop);
        } catch (IllegalArgumentException e) {
            throw new Refusal("The settings cannot be used: " + e.getMessage());
        }
    }

    Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("max_tokens", maxTokens);
        description.put("temperature", temperature);
        description.put("top_k", topK);
        description.put("top_p", topP);
        description.put("min_p", minP);
        description.put("repetition_penalty", repetitionPenalty);
        description.put("samples", samples);
        description.put("seed", seed);
        description.put("stop", stop);
        description.put("weights", weights);
        return description;
    }
}
