package dev.ratchet.quality;

import java.util.Locale;

/**
 * A figure as a drawing: its estimate on an axis, with a line from low to high. Positions are in a drawing 240 wide
 * with 8 of margin.
 */
public record Whisker(String low, String at, String high) {
    private static final double START = 8;
    private static final double LENGTH = 224;

    /** Where an estimate stands on an axis; without an interval the line has no length. */
    static Whisker of(Estimate estimate, double from, double to) {
        double low = estimate.low() == null ? estimate.value() : estimate.low();
        double high = estimate.high() == null ? estimate.value() : estimate.high();
        return new Whisker(position(low, from, to), position(estimate.value(), from, to), position(high, from, to));
    }

    static String position(double value, double from, double to) {
        double share = to > from ? Math.max(0, Math.min(1, (value - from) / (to - from))) : 0;
        return String.format(Locale.ROOT, "%.1f", START + LENGTH * share);
    }
}
