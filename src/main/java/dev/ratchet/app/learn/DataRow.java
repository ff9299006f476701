package dev.ratchet.app.learn;

/**
 * A row of the data.
 *
 * @param number its line in the file, from 1
 * @param group a digest of its prompt: rows of one group are on one side of the split, and one cluster of an interval
 */
record DataRow<T>(long number, String group, T value) {
}
