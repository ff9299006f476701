package dev.ratchet.app.learn;

import dev.ratchet.reward.PreferencePair;

/**
 * A preference pair with where it came from.
 *
 * @param row its line in the data, from 1
 * @param group what must stay on one side of the split: the normalised first turn
 */
record Comparison(int row, String group, PreferencePair pair) {
}
