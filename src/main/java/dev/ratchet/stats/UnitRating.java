package dev.ratchet.stats;

import java.util.Objects;

/**
 * One rater's value for one unit, as agreement is computed from.
 *
 * @param unit what was rated: a task, or a task's question
 * @param rater who rated it; once per unit
 * @param value a score, or the number of a category where only equality counts
 */
public record UnitRating(String unit, String rater, double value) {

    public UnitRating {
        Objects.requireNonNull(unit, "A rating names its unit.");
        Objects.requireNonNull(rater, "A rating names its rater.");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("The rating of %s by %s is %s: leave out what was not rated."
                    .formatted(unit, rater, value));
        }
    }
}
