package dev.ratchet.stats;

/** Why a figure has no value; it is shown instead of a number. */
public enum Undefined {
    /** No unit was rated by two raters. */
    NO_OVERLAP("no unit has two ratings"),
    /** Every rating is the same, so that chance alone would agree wholly. */
    NO_VARIATION("all ratings are the same"),
    /** The players fall into groups of which one never lost to the other: no finite maximum of the likelihood. */
    SEPARABLE("one group of players never lost to the others");

    private final String reason;

    Undefined(String reason) {
        this.reason = reason;
    }

    /** The reason in words. */
    public String reason() {
        return reason;
    }
}
