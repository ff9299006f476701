package dev.ratchet.stats;

import java.util.Objects;

/**
 * The class that one reviewer gave to one unit.
 *
 * @param unit the task; for a comparison the class is the answer that was preferred by its identity, not by the side
 * it was shown on
 * @param reviewer who; once per unit
 * @param category number of the class, from 0
 */
public record Label(String unit, String reviewer, int category) {

    public Label {
        Objects.requireNonNull(unit, "A label names its unit.");
        Objects.requireNonNull(reviewer, "A label names its reviewer.");
        if (category < 0) {
            throw new IllegalArgumentException("Classes are numbered from 0, not " + category + ".");
        }
    }
}
