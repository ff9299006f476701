package dev.ratchet.app.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How one item came out.
 *
 * @param failure why it could not be computed, or null
 */
record Outcome(String item, List<Comparison.Quantity> quantities, String failure) {
    private static final String LINE = "%-52s %-38s %9s %12s %10s  %s";
    static final String HEADER = String.format(LINE, "item", "quantity", "values", "worst", "tolerance", "");

    static Outcome of(Check check) {
        Comparison comparison = new Comparison();
        try {
            check.run(comparison);
            return new Outcome(check.item(), comparison.quantities(), null);
        } catch (Exception e) {
            // Whatever a damaged item makes fail, it fails this item alone, and the others still run.
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            String kind = e.getMessage() == null ? e.getClass().getSimpleName() : reason;
            return new Outcome(check.item(), comparison.quantities(), kind);
        }
    }

    /** An item of which nothing was compared has not passed. */
    boolean passed() {
        return failure == null && !quantities.isEmpty()
                && quantities.stream().allMatch(Comparison.Quantity::within);
    }

    /** A line of the table for each quantity. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Comparison.Quantity each : quantities) {
            lines.add(String.format(Locale.ROOT, LINE, item, each.name(), each.values(), number(each.worst()),
                    number(each.tolerance()), each.within() ? "ok" : "FAILED " + each.where()));
        }
        if (failure != null) {
            lines.add(String.format(Locale.ROOT, LINE, item, "", "", "", "", "FAILED " + failure));
        } else if (quantities.isEmpty()) {
            lines.add(String.format(Locale.ROOT, LINE, item, "", "0", "", "", "FAILED nothing was compared"));
        }
        return lines;
    }

    /** The item and what is wrong with it, in one line. */
    String summary() {
        String past = quantities.stream().filter(q -> !q.within()).map(q -> q.name() + " " + number(q.worst()) + " > "
                + number(q.tolerance())).collect(Collectors.joining("; "));
        return item + ": " + (failure != null ? failure : past.isEmpty() ? "nothing was compared" : past);
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return String.valueOf((long) value);
        }
        return String.format(Locale.ROOT, "%.2e", value);
    }
}
