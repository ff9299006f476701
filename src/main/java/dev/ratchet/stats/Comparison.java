package dev.ratchet.stats;

import java.util.Objects;

/**
 * The outcome of one comparison of two players.
 *
 * @param outcome 1 where the first won, 0 where the second did, 0.5 for a tie
 */
public record Comparison(String first, String second, double outcome) {

    public Comparison {
        Objects.requireNonNull(first, "A comparison names its players.");
        if (first.equals(second)) {
            throw new IllegalArgumentException(first + " cannot be compared with itself.");
        }
        if (outcome != 0 && outcome != 0.5 && outcome != 1) {
            throw new IllegalArgumentException("An outcome is 1, 0.5 or 0, not " + outcome + ".");
        }
    }
}
