package dev.ratchet.lm;

/**
 * What the model wrote.
 *
 * @param text without special tokens and without the stop string
 * @param tokens the tokens of the text, without the one that ended it
 * @param logProbability the model's own, at temperature 1 with nothing cut off, summed over what it drew up to and
 *     with the end-of-text token; in nats
 * @param finishReason {@code stop} or {@code length}
 */
public record Completion(String text, int[] tokens, double logProbability, String finishReason) {
}
