package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a metric of a training run. */
@Command(name = "curve", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Draws a metric of a training run over its steps as an SVG picture, with its interval where it"
                + " has one.",
        footer = {"", "Example: curve better --metric heldout_accuracy --reference 0.5 --out curve.svg"})
public final class Curve implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that train wrote.")
    private Path run;

    @Option(names = "--metric", paramLabel = "NAME", defaultValue = "heldout_accuracy",
            description = "A metric of metrics.jsonl (default: ${DEFAULT-VALUE}).")
    private String metric;

    @Option(names = "--title", paramLabel = "TEXT", description = "Above the chart (default: the metric's name).")
    private String title;

    @Option(names = "--reference", paramLabel = "X", description = "A level to compare with, as chance is.")
    private Double reference;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The picture, an .svg file.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Path file = run.resolve("metrics.jsonl");
        if (!Files.exists(file)) {
            throw new Refusal(run + " holds no metrics.jsonl: give the folder that train wrote.");
        }
        List<CurveChart.Point> points = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode row = JSON.readTree(line);
            if (row.path(metric).isNumber()) {
                double value = row.path(metric).asDouble();
                points.add(new CurveChart.Point(row.path("step").asInt(), value,
                        row.path(metric + "_low95").asDouble(value), row.path(metric + "_high95").asDouble(value)));
            }
        }
        if (points.isEmpty()) {
            throw new Refusal(file + " has no metric '" + metric + "'.");
        }
        String name = metric.replace('_', ' ');
        Files.writeString(out, new CurveChart(title == null ? name : title, name,
                reference == null ? Double.NaN : reference, points).svg());
        PrintWriter console = command.commandLine().getOut();
        console.println(points.size() + " points in " + out);
        console.flush();
        return 0;
    }
}
