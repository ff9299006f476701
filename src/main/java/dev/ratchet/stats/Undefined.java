package dev.ratchet.stats;

/** Why a figure has no value; it is shown instead of a number. */
public enum Undefined {
    /** No unit was rated by two raters. */
    NO_OVERLAP("no unit has two ratings"),
    /** Every rating is the same, so that chance alone would agree wholly. */
    NO_VARIATION("all ratings are the same"),
    /** Players fall into groups that were never compared with each other. */
    NOT_CONNECTED("some players were never compared, not even through others"),
    /** One group of players never lost to the rest, so that no finite strengths are the most likely. */
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
