package dev.ratchet.lm;

/**
 * What the model wrote.
 *
 * @param text without special tokens and without the stop string
 * @param tokens the tokens of the text, without the one that ended it
 * @param drawn every token that was drawn for it, with the end token where one was: what a policy gradient or an
 *     estimate over samples needs
 * @param logProbability the model's own, at temperature 1 with nothing cut off, summed over {@code drawn}; in nats
 * @param finishReason {@code stop} or {@code length}
 */
public record Completion(String text, int[] tokens, int[] drawn, double logProbability, String finishReason) {
}
