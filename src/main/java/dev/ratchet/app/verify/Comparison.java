package dev.ratchet.app.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one item's answers are compared by: it keeps the worst deviation of each quantity. */
final class Comparison {
    /**
     * One quantity of an item.
     *
     * @param values how many were compared
     * @param worst the deviation that is largest in units of its tolerance; NaN where a value was none
     * @param tolerance what it may be
     * @param where the place of the worst one, in words, or an empty text
     */
    record Quantity(String name, long values, double worst, double tolerance, String where) {
        boolean within() {
            return worst <= tolerance;
        }

        private double severity() {
            return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst == 0 ? 0 : worst / tolerance;
        }

        private Quantity and(Quantity other) {
            Quantity more = other.severity() > severity() ? other : this;
            return new Quantity(name, values + other.values, more.worst, more.tolerance, more.where);
        }
    }

    private final Map<String, Quantity> quantities = new LinkedHashMap<>();

    /** Notes one number. */
    void close(String quantity, double expected, double actual, double tolerance, String where) {
        double deviation = expected == actual ? 0 : Math.abs(expected - actual);
        add(new Quantity(quantity, 1, deviation, tolerance, where));
    }

    /** Notes lists of numbers, which must have one length. */
    void close(String quantity, float[] expected, float[] actual, double tolerance) {
        if (expected.length != actual.length) {
            equal(quantity, expected.length + " values", actual.length + " values");
            return;
        }
        double worst = 0;
        int place = 0;
        for (int i = 0; i < expected.length && !Double.isNaN(worst); i++) {
            double deviation = expected[i] == actual[i] ? 0 : Math.abs((double) expected[i] - actual[i]);
            if (!(deviation <= worst)) {
                worst = deviation;
                place = i;
            }
        }
        add(new Quantity(quantity, expected.length, worst, tolerance, "at " + place));
    }

    /** Notes texts that must be equal; the deviation counts the characters from the first that differs on. */
    void equal(String quantity, String expected, String actual) {
        int same = 0;
        while (same < Math.min(expected.length(), actual.length()) && expected.charAt(same) == actual.charAt(same)) {
            same++;
        }
        int differing = Math.max(expected.length(), actual.length()) - same;
        String where = differing == 0 ? ""
                : "expected " + excerpt(expected, same) + " but was " + excerpt(actual, same);
        add(new Quantity(quantity, 1, differing, 0, where));
    }

    /** Notes token ids, which must be equal; the deviation counts the places that differ. */
    void equal(String quantity, int[] expected, int[] actual, String what) {
        int differing = Math.abs(expected.length - actual.length);
        int first = differing > 0 ? Math.min(expected.length, actual.length) : -1;
        for (int i = Math.min(expected.length, actual.length) - 1; i >= 0; i--) {
            if (expected[i] != actual[i]) {
                differing++;
                first = i;
            }
        }
        add(new Quantity(quantity, expected.length, differing, 0, first < 0 ? "" : what + ", place " + first));
    }

    private static String excerpt(String text, int from) {
        String rest = text.substring(from, Math.min(text.length(), from + 24));
        return "\"" + rest.replace("\n", "\\n") + (from + 24 < text.length() ? "…" : "") + "\" at " + from;
    }

    private void add(Quantity quantity) {
        quantities.merge(quantity.name, quantity, Quantity::and);
    }

    List<Quantity> quantities() {
        return new ArrayList<>(quantities.values());
    }
}
