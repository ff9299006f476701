package dev.ratchet.preference;

import dev.ratchet.lm.Row;
import java.util.List;

/**
 * Replies that the policy gave to one prompt, or some of them: a row of all would attend to itself as a whole.
 *
 * @param replies tokens of each reply, with its end token where it ended
 * @param scores of the reward function
 * @param deviation standard deviation of the scores of the whole group
 * @param advantages of each reply over the whole group
 * @param sampler log-probability of each token under the policy that sampled it; null where that is the policy itself
 * @param reference the same under the reference; null where nothing reads it
 * @param finished how many replies ended by themselves
 */
record SampledGroup(int[] prompt, List<int[]> replies, double[] scores, double deviation, double[] advantages,
        double[][] sampler, double[][] reference, int finished) {
    /** The row whose continuations are the replies. */
    Row row() {
        return new Row(prompt, replies);
    }
}
