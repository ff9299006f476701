package dev.ratchet.app.learn;

import java.util.ArrayList;
import java.util.List;

/** Rows that cannot be used, each with its reason. */
final class Refusals {
    private static final int SHOWN = 20;

    private final List<String> reasons = new ArrayList<>();

    void add(String place, String reason) {
        reasons.add(place + ": " + reason);
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** @throws Refusal where there are any and they are not to be dropped */
    void check(boolean drop) {
        if (!reasons.isEmpty() && !drop) {
            throw new Refusal(reasons.size() + (reasons.size() == 1 ? " row is" : " rows are")
                    + " refused (--drop-refused leaves them out):\n  "
                    + String.join("\n  ", reasons.subList(0, Math.min(SHOWN, reasons.size())))
                    + (reasons.size() > SHOWN ? "\n  and " + (reasons.size() - SHOWN) + " more" : ""));
        }
    }
}
