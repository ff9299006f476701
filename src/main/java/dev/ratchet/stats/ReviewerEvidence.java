package dev.ratchet.stats;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of one reviewer's work.
 *
 * @param accuracy from {@link DawidSkene}, where they labelled anything
 * @param sides of their choices between two answers, where they made any
 * @param medianSeconds median active time per task, above 0, where it was measured
 */
public record ReviewerEvidence(String reviewer, Optional<ReviewerAccuracy> accuracy, Optional<SideBias> sides,
        OptionalDouble medianSeconds) {

    public ReviewerEvidence {
        Objects.requireNonNull(reviewer, "Evidence names its reviewer.");
        if (medianSeconds.isPresent() && !(medianSeconds.getAsDouble() > 0)) {
            throw new IllegalArgumentException("The median time of %s is %s: leave out what was not measured."
                    .formatted(reviewer, medianSeconds.getAsDouble()));
        }
    }
}
