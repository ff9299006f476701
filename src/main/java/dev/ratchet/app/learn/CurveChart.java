package dev.ratchet.app.learn;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * A curve with its interval as an SVG picture that follows the reader's light or dark scheme.
 *
 * @param title above the chart
 * @param metric what the vertical axis says
 * @param reference a level worth comparing with, as chance is; NaN for none
 */
record CurveChart(String title, String metric, double reference, List<Point> points) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 72;
    private static final int RIGHT = 24;
    private static final int TOP = 48;
    private static final int BOTTOM = 56;
    private static final int TICKS = 5;

    /** A value at a step; low and high equal it where no interval is known. */
    record Point(int step, double value, double low, double high) {
    }

    String svg() {
        double last = points.stream().mapToInt(Point::step).max().orElseThrow();
        double least = points.stream().mapToDouble(Point::low).min().orElseThrow();
        double most = points.stream().mapToDouble(Point::high).max().orElseThrow();
        if (!Double.isNaN(reference)) {
            least = Math.min(least, reference);
            most = Math.max(most, reference);
        }
        double tick = tick((most - least) / TICKS);
        double bottom = Math.floor(least / tick) * tick;
        double top = Math.max(bottom + tick, Math.ceil(most / tick) * tick);
        DoubleUnaryOperator x = step -> LEFT + step / Math.max(1, last) * (WIDTH - LEFT - RIGHT);
        DoubleUnaryOperator y = value -> HEIGHT - BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
        StringBuilder svg = new StringBuilder(head());
        for (double value = bottom; value <= top + tick / 2; value += tick) {
            svg.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n"
                    + "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT, WIDTH - RIGHT,
                    y.applyAsDouble(value), y.applyAsDouble(value), LEFT - 8, y.applyAsDouble(value) + 4,
                    number(value, tick)));
        }
        if (!Double.isNaN(reference)) {
            svg.append(String.format(Locale.ROOT, "<line class=\"reference\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\""
                    + " y2=\"%.1f\"/>%n",
                    LEFT, WIDTH - RIGHT, y.applyAsDouble(reference), y.applyAsDouble(reference)));
        }
        StringBuilder line = new StringBuilder();
        for (Point point : points) {
            double at = x.applyAsDouble(point.step());
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", at, y.applyAsDouble(point.value())));
            svg.append(String.format(Locale.ROOT, "<line class=\"interval\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\""
                    + " y2=\"%.1f\"/>%n<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>step %d:"
                    + " %s</title></circle>%n<text class=\"tick\" x=\"%.1f\" y=\"%d\""
                    + " text-anchor=\"middle\">%d</text>%n", at, at,
                    y.applyAsDouble(point.low()), y.applyAsDouble(point.high()), at, y.applyAsDouble(point.value()),
                    point.step(), number(point.value(), tick / 100), at, HEIGHT - BOTTOM + 20, point.step()));
        }
        return svg.append("<polyline class=\"curve\" points=\"").append(line.toString().strip())
                .append("\"/>\n</svg>\n").toString();
    }

    private String head() {
        return String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"%s\">%n<style>%nsvg { --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --accent:"
                + " #0969da; background: #ffffff }%n"
                + "@media (prefers-color-scheme: dark) { svg { --ink: #f0f6fc; --quiet: #9198a1; --line: #3d444d;"
                + " --accent: #4493f8; background: #0d1117 } }%n"
                + "text { font: 13px system-ui, sans-serif; fill: var(--ink) } .tick { fill: var(--quiet); font-size:"
                + " 12px }%n.grid { stroke: var(--line) } .reference { stroke: var(--quiet); stroke-dasharray: 5 4 }%n"
                + ".interval { stroke: var(--accent); stroke-width: 2; opacity: .45 } .point { fill: var(--accent) }%n"
                + ".curve { fill: none; stroke: var(--accent); stroke-width: 2 }%n</style>%n"
                + "<text x=\"%d\" y=\"24\" font-weight=\"600\">%s</text>%n<text class=\"tick\" x=\"%d\""
                + " y=\"40\">%s</text>%n<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">step</text>%n",
                WIDTH, HEIGHT,
                escaped(title),
                LEFT, escaped(title), LEFT, escaped(metric), WIDTH - RIGHT, HEIGHT - 12);
    }

    /** The least of 1, 2 and 5 times a power of ten that is not below a distance. */
    private static double tick(double distance) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(distance, 1e-9))));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= distance) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value, double precision) {
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(precision) - 1e-9));
        return String.format(Locale.ROOT, "%." + Math.min(6, digits) + "f", value == 0 ? 0.0 : value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
