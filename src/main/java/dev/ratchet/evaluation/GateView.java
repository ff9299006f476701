package dev.ratchet.evaluation;

import dev.ratchet.platform.Shown;
import java.util.Locale;

/**
 * A gate as a picture: the estimate with its 95% interval on an axis that starts at zero, and the threshold. Positions
 * are in a drawing 480 wide with 12 of margin.
 */
record GateView(
        String title, String decision, String explanation, String value, String range, String threshold,
        String axisEnd, double estimateAt, double lowAt, double highAt, double thresholdAt) {
    private static final double START = 12;
    private static final double LENGTH = 456;

    static GateView of(GateResult gate) {
        boolean share = !gate.name().equals(Gate.KL);
        double end = share ? 1 : roundUp(Math.max(gate.high(), gate.threshold()) * 1.1);
        return new GateView(
                title(gate.name()),
                gate.decision(),
                gate.explanation(),
                number(gate.estimate(), share),
                "95%: " + number(gate.low(), share) + " to " + number(gate.high(), share),
                (share ? "must be above " : "at most ") + number(gate.threshold(), share),
                number(end, share),
                at(gate.estimate(), end),
                at(gate.low(), end),
                at(gate.high(), end),
                at(gate.threshold(), end));
    }

    /** Class and icon of the decision; the word stands beside it. */
    public String tone() {
        return tone(decision);
    }

    public String icon() {
        return icon(decision);
    }

    /** The threshold's words stand on the side where there is room. */
    public String thresholdAnchor() {
        return thresholdAt > 300 ? "end" : "start";
    }

    public String thresholdTextAt() {
        return position(thresholdAt > 300 ? thresholdAt - 6 : thresholdAt + 6);
    }

    public String estimateX() {
        return position(estimateAt);
    }

    public String lowX() {
        return position(lowAt);
    }

    public String highX() {
        return position(highAt);
    }

    public String thresholdX() {
        return position(thresholdAt);
    }

    static String tone(String decision) {
        return switch (decision) {
            case Gate.PASS -> "good";
            case Gate.FAIL -> "bad";
            default -> "wait";
        };
    }

    static String icon(String decision) {
        return switch (decision) {
            case Gate.PASS -> "check";
            case Gate.FAIL -> "cross";
            default -> "undecided";
        };
    }

    private static String title(String name) {
        return switch (name) {
            case Gate.WIN_RATE -> "Win rate over the champion";
            case Gate.REWARD_ACCURACY -> "Reward model's accuracy";
            case Gate.KL -> "Distance from the champion";
            default -> name;
        };
    }

    private static String number(double value, boolean share) {
        return share ? Shown.percent(value) : Shown.decimal(value) + " nats";
    }

    private static double at(double value, double end) {
        return START + LENGTH * Math.max(0, Math.min(1, end == 0 ? 0 : value / end));
    }

    private static double roundUp(double value) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-6))));
        return Math.ceil(value / step) * step;
    }

    private static String position(double at) {
        return String.format(Locale.ROOT, "%.1f", at);
    }
}
