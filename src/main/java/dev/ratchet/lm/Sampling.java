package dev.ratchet.lm;

import java.util.List;

/**
 * How tokens are drawn: repetition penalty, temperature, top-k, top-p and min-p apply in this order, each to what the
 * one before left, as transformers does.
 *
 * @param maxTokens most tokens of a completion, at least 1
 * @param temperature 0 takes the likeliest token
 * @param topK only the k likeliest tokens; 0 for all
 * @param topP only the likeliest tokens that together reach this probability; 1 for all
 * @param minP only tokens that have at least this share of the likeliest token's probability; 0 for all
 * @param repetitionPenalty tokens that the prompt or the completion holds have their logit divided by this where it is
 *     positive, else multiplied (Keskar et al., 2019); 1 for none
 * @param seed with the conversation's place in the list it decides every draw, whatever the batch
 * @param stop strings that end a completion and are left out of it
 */
public record Sampling(int maxTokens, double temperature, int topK, double topP, double minP, double repetitionPenalty,
        long seed, List<String> stop) {
    public Sampling {
        require(maxTokens >= 1, "maxTokens must be at least 1");
        require(temperature >= 0 && Double.isFinite(temperature), "temperature must be 0 or more");
        require(topK >= 0, "topK must be 0 (all) or more");
        require(topP > 0 && topP <= 1, "topP must lie in (0, 1]");
        require(minP >= 0 && minP <= 1, "minP must lie in [0, 1]");
        require(repetitionPenalty > 0 && Double.isFinite(repetitionPenalty), "repetitionPenalty must be above 0");
        stop = List.copyOf(stop);
        require(stop.stream().noneMatch(String::isEmpty), "a stop string must not be empty");
    }

    /** Without min-p and repetition penalty. */
    public Sampling(int maxTokens, double temperature, int topK, double topP, long seed, List<String> stop) {
        this(maxTokens, temperature, topK, topP, 0, 1, seed, stop);
    }

    public static Sampling greedy(int maxTokens) {
        return new Sampling(maxTokens, 0, 0, 1, 0, List.of());
    }

    /** The model's own distribution: temperature 1, nothing cut off. What an estimate over samples must be drawn by. */
    public static Sampling plain(int maxTokens, long seed) {
        return new Sampling(maxTokens, 1, 0, 1, seed, List.of());
    }

    /** The same, drawn with another seed. */
    public Sampling withSeed(long other) {
        return new Sampling(maxTokens, temperature, topK, topP, minP, repetitionPenalty, other, stop);
    }

    /** The same with another min-p. */
    public Sampling withMinP(double share) {
        return new Sampling(maxTokens, temperature, topK, topP, share, repetitionPenalty, seed, stop);
    }

    /** The same with another repetition penalty. */
    public Sampling withRepetitionPenalty(double penalty) {
        return new Sampling(maxTokens, temperature, topK, topP, minP, penalty, seed, stop);
    }

    /** As the program takes them. */
    double[] options() {
        return new double[] {temperature, topK, topP, minP, repetitionPenalty};
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise + ".");
        }
    }
}
