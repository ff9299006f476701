package dev.ratchet.app.bench;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the cost of a training step grows with length, batch and model. */
@Command(
        name = "scaling",
        description = "Full fine-tuning at three lengths, three batch sizes and three model sizes: seconds a step and"
                + " peak memory, as a table, a chart and JSON.",
        mixinStandardHelpOptions = true)
final class ScalingBench implements Runnable {
    private static final int LENGTH = 256;
    private static final int BATCH = 4;
    private static final ModelConfig SMALL = BenchModel.shape(192, 512, 6, 3, 3);
    private static final ModelConfig MIDDLE = BenchModel.shape(384, 1024, 12, 6, 3);

    @Mixin
    private BenchOptions options;

    @Option(names = "--chart", paramLabel = "FILE", description = "where to write the chart, as SVG")
    private Path chart;

    @Option(names = "--compute", paramLabel = "TYPE", defaultValue = "float32",
            description = "float32 or bfloat16 (default: ${DEFAULT-VALUE})")
    private String compute;

    /**
     * One measured setting.
     *
     * @param seconds of a step, the median
     */
    record Cell(long parameters, int length, int batch, double seconds, double gigabytes) {
        double gflops() {
            return 6.0 * parameters * length * batch / seconds / 1e9;
        }
    }

    @Override
    public void run() {
        options.apply();
        ComputeType type = ComputeType.valueOf(compute.toUpperCase(Locale.ROOT));
        Map<String, List<Cell>> sweeps = new LinkedHashMap<>();
        System.out.println("parameters  length  batch  seconds/step  GFLOP/s  peak GB");
        List<Cell> lengths = new ArrayList<>();
        List<Cell> batches = new ArrayList<>();
        List<Cell> sizes = new ArrayList<>();
        try (Decoder decoder = BenchModel.random(MIDDLE, 1)) {
            for (int length : new int[] {128, LENGTH, 512}) {
                lengths.add(measure(decoder, length, BATCH, type));
            }
            batches.add(measure(decoder, LENGTH, 1, type));
            batches.add(lengths.get(1));
            batches.add(measure(decoder, LENGTH, 16, type));
        }
        try (Decoder decoder = BenchModel.random(SMALL, 1)) {
            sizes.add(measure(decoder, LENGTH, BATCH, type));
        }
        sizes.add(lengths.get(1));
        try (Decoder decoder = BenchModel.open(options.model)) {
            sizes.add(measure(decoder, LENGTH, BATCH, type));
        }
        sweeps.put("length", lengths);
        sweeps.put("batch", batches);
        sweeps.put("parameters", sizes);
        if (chart != null) {
            try {
                Files.writeString(chart, ScalingChart.svg(sweeps));
            } catch (IOException e) {
                throw new UncheckedIOException("The chart could not be written to " + chart, e);
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bench", "scaling");
        json.put("threads", Torch.threads());
        json.put("compute", compute);
        sweeps.forEach((name, cells) -> json.put(name, cells.stream().map(cell -> Map.of("parameters", cell.parameters,
                "length", cell.length, "batch", cell.batch, "seconds", BenchOptions.rounded(cell.seconds),
                "gflops", BenchOptions.rounded(cell.gflops()), "peak_rss_gb", BenchOptions.rounded(cell.gigabytes)))
                .toList()));
        BenchOptions.printJson(json);
    }

    private Cell measure(Decoder decoder, int length, int batch, ComputeType type) {
        SplittableRandom random = new SplittableRandom(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch * (options.steps + 1); i++) {
            int[] tokens = BenchModel.tokens(random, length, decoder.config());
            rows.add(new Row(new int[] {tokens[0]}, List.of(Arrays.copyOfRange(tokens, 1, length))));
        }
        PeakMemory.reset();
        List<BenchSteps.Step> steps = new BenchSteps(type, false)
                .run(decoder, new SupervisedTrainer.Likelihood(), rows, batch, () -> { });
        Cell cell = new Cell(decoder.config().parameters(), length, batch, BenchSteps.seconds(steps),
                PeakMemory.gigabytes());
        System.out.printf(Locale.ROOT, "%9.1fM  %6d  %5d  %12.3f  %7.0f  %7.2f%n", cell.parameters / 1e6, length, batch,
                cell.seconds, cell.gflops(), cell.gigabytes);
        return cell;
    }
}
