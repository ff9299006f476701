package dev.ratchet.app.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Draws sweeps side by side: seconds a step as a line, beside it what a cost that grows in proportion would give. */
final class ScalingChart {
    private static final int PANEL = 300;
    private static final int HEIGHT = 280;
    private static final int LEFT = 46;
    private static final int TOP = 44;
    private static final int BOTTOM = 44;
    private static final int GAP = 16;

    private ScalingChart() {
    }

    static String svg(Map<String, List<ScalingBench.Cell>> sweeps) {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\""
                + " viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">"
                + "<title>Seconds of a training step by length, batch and parameters</title>"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n", PANEL * sweeps.size(), HEIGHT));
        int panel = 0;
        for (Map.Entry<String, List<ScalingBench.Cell>> sweep : sweeps.entrySet()) {
            ToDoubleFunction<ScalingBench.Cell> size = switch (sweep.getKey()) {
                case "length" -> ScalingBench.Cell::length;
                case "batch" -> ScalingBench.Cell::batch;
                default -> cell -> cell.parameters() / 1e6;
            };
            String unit = switch (sweep.getKey()) {
                case "length" -> "tokens of a sequence";
                case "batch" -> "sequences of a step";
                default -> "million parameters";
            };
            panel(svg, PANEL * panel++, unit, sweep.getValue(), size);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, int offset, String unit, List<ScalingBench.Cell> cells,
            ToDoubleFunction<ScalingBench.Cell> size) {
        double right = cells.stream().mapToDouble(size).max().orElseThrow();
        double slope = cells.get(cells.size() - 1).seconds() / right;
        double top = Math.max(cells.stream().mapToDouble(ScalingBench.Cell::seconds).max().orElseThrow(),
                slope * right);
        int x0 = offset + LEFT;
        int y0 = HEIGHT - BOTTOM;
        double across = (PANEL - LEFT - GAP) / right;
        double up = (HEIGHT - TOP - BOTTOM) / top;
        line(svg, x0, y0, offset + PANEL - GAP, y0, "#6b7280", "");
        line(svg, x0, y0, x0, TOP, "#6b7280", "");
        line(svg, x0, y0, x0 + right * across, y0 - slope * right * up, "#9ca3af", " stroke-dasharray=\"4 4\"");
        text(svg, x0, TOP - 24, "start", "seconds a step; dashed: in proportion");
        text(svg, x0 + (PANEL - LEFT - GAP) / 2.0, HEIGHT - 8, "middle", unit);
        StringBuilder points = new StringBuilder();
        for (ScalingBench.Cell cell : cells) {
            double x = x0 + size.applyAsDouble(cell) * across;
            double y = y0 - cell.seconds() * up;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            svg.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#1d4ed8\"/>%n", x, y));
            text(svg, x - 6, y - 8, "end", String.format(Locale.ROOT, "%.2f s", cell.seconds()));
            text(svg, x, y0 + 16, "middle", String.format(Locale.ROOT, "%.0f", size.applyAsDouble(cell)));
        }
        svg.append("<polyline fill=\"none\" stroke=\"#1d4ed8\" stroke-width=\"2\" points=\"").append(points)
                .append("\"/>\n");
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour,
            String more) {
        svg.append(String.format(Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>%n",
                x1, y1, x2, y2, colour, more));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String content) {
        svg.append(String.format(Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#1f2937\">%s</text>%n",
                x, y, anchor, content));
    }
}
