package dev.ratchet.lm;

import java.util.List;

/**
 * How tokens are drawn.
 *
 * @param maxTokens most tokens of a completion, at least 1
 * @param temperature 0 takes the likeliest token
 * @param topK only the k likeliest tokens; 0 for all
 * @param topP only the likeliest tokens that together reach this probability; 1 for all
 * @param seed with the conversation's place in the list it decides every draw, whatever the batch
 * @param stop strings that end a completion and are left out of it
 */
public record Sampling(int maxTokens, double temperature, int topK, double topP, long seed, List<String> stop) {
    public Sampling {
        require(maxTokens >= 1, "maxTokens must be at least 1");
        require(temperature >= 0 && Double.isFinite(temperature), "temperature must be 0 or more");
        require(topK >= 0, "topK must be 0 (all) or more");
        require(topP > 0 && topP <= 1, "topP must lie in (0, 1]");
        stop = List.copyOf(stop);
        require(stop.stream().noneMatch(String::isEmpty), "a stop string must not be empty");
    }

    public static Sampling greedy(int maxTokens) {
        return new Sampling(maxTokens, 0, 0, 1, 0, List.of());
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise + ".");
        }
    }
}
