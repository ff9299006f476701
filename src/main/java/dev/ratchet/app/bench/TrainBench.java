package dev.ratchet.app.bench;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.tensor.ComputeChoice;
import dev.ratchet.tensor.ComputeProbe;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.ProductSpeed;
import dev.ratchet.tensor.Products;
import dev.ratchet.tensor.Torch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast full fine-tuning is, against what the machine's matrix products reach between its steps. */
@Command(
        name = "train",
        description = "Full fine-tuning, all tokens learned: tokens a second, and which share of the machine's"
                + " product peak that is. float32 and bfloat16 alternate where bfloat16 is worth it here.",
        mixinStandardHelpOptions = true)
final class TrainBench implements Runnable {
    private static final int SIDE = 1024;
    private static final int PRODUCTS = 5;
    /** Products of one measurement, so that what a call itself costs does not lower the peak. */
    private static final int TIMES = 10;

    @Mixin
    private BenchOptions options;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "4",
            description = "sequences of a step (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--length", paramLabel = "TOKENS", defaultValue = "256",
            description = "tokens of a sequence (default: ${DEFAULT-VALUE})")
    private int length;

    @Option(names = "--checkpoint", description = "compute each layer again on the way back")
    private boolean checkpoint;

    @Option(names = "--compute", paramLabel = "TYPE", defaultValue = "auto",
            description = "float32, bfloat16 or both; auto: both"
                    + " where bfloat16 is worth it (default: ${DEFAULT-VALUE})")
    private String compute;

    private final Map<ComputeType, List<Double>> seconds = new EnumMap<>(ComputeType.class);
    private final Map<ComputeType, List<Double>> processor = new EnumMap<>(ComputeType.class);
    private final Map<ComputeType, List<Double>> processorPeaks = new EnumMap<>(ComputeType.class);
    private final Map<ComputeType, List<Double>> peaks = new EnumMap<>(ComputeType.class);

    @Override
    public void run() {
        options.apply();
        boolean watchful = Torch.watchWhereQuiet();
        ComputeChoice choice = ComputeProbe.measure();
        System.out.println(choice.reason());
        List<ComputeType> types = switch (compute) {
            case "float32" -> List.of(ComputeType.FLOAT32);
            case "bfloat16" -> List.of(ComputeType.BFLOAT16);
            case "both" -> List.of(ComputeType.FLOAT32, ComputeType.BFLOAT16);
            case "auto" -> choice.type() == ComputeType.BFLOAT16
                    ? List.of(ComputeType.FLOAT32, ComputeType.BFLOAT16) : List.of(ComputeType.FLOAT32);
            default -> throw new IllegalArgumentException("--compute is float32, bfloat16, both or auto.");
        };
        try (Decoder decoder = BenchModel.open(options.model); ProductSpeed products = new ProductSpeed()) {
            SplittableRandom random = new SplittableRandom(1);
            for (int round = 0; round < options.rounds; round++) {
                for (ComputeType type : types) {
                    round(decoder, products, type, random);
                }
            }
            report(decoder.config().parameters(), choice, types, watchful);
        }
    }

    private void round(Decoder decoder, ProductSpeed products, ComputeType type, SplittableRandom random) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch * (options.steps + 1); i++) {
            int[] tokens = BenchModel.tokens(random, length, decoder.config());
            rows.add(new Row(new int[] {tokens[0]}, List.of(java.util.Arrays.copyOfRange(tokens, 1, length))));
        }
        List<BenchSteps.Step> steps = new BenchSteps(type, checkpoint)
                .run(decoder, new SupervisedTrainer.Likelihood(), rows, batch,
                () -> peaks.computeIfAbsent(type, t -> new ArrayList<>()).add(peak(products, type)));
        for (BenchSteps.Step step : steps) {
            seconds.computeIfAbsent(type, t -> new ArrayList<>()).add(step.seconds());
            processor.computeIfAbsent(type, t -> new ArrayList<>()).add(step.processorSeconds());
            System.out.printf(Locale.ROOT, "%s: %.0f tokens in %.2f s, product peak %.0f GFLOP/s%n", type,
                    step.tokens(), step.seconds(), BenchSteps.median(peaks.get(type)));
        }
    }

    /** The faster library's rate, so that the peak is the machine's and not that of the library that training uses. */
    private double peak(ProductSpeed products, ComputeType type) {
        double best = 0;
        double bestOfProcessor = 0;
        for (Products library : Products.values()) {
            List<Double> rates = new ArrayList<>();
            double begin = BenchSteps.processorSeconds();
            for (int i = 0; i < PRODUCTS; i++) {
                rates.add(products.gflops(type, library, SIDE, TIMES));
            }
            double worked = BenchSteps.processorSeconds() - begin;
            bestOfProcessor = Math.max(bestOfProcessor, 2.0 * SIDE * SIDE * SIDE * PRODUCTS * TIMES / worked / 1e9);
            best = Math.max(best, BenchSteps.median(rates));
        }
        processorPeaks.computeIfAbsent(type, t -> new ArrayList<>()).add(bestOfProcessor);
        return best;
    }

    private void report(long parameters, ComputeChoice choice, List<ComputeType> types, boolean watchful) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bench", "train");
        json.put("parameters", parameters);
        json.put("batch", batch);
        json.put("length", length);
        json.put("threads", Torch.threads());
        json.put("quiet", watchful);
        json.put("products", Products.library().name().toLowerCase(Locale.ROOT));
        for (ComputeType type : types) {
            double speed = batch * length / BenchSteps.median(seconds.get(type));
            double peak = BenchSteps.median(peaks.get(type));
            double gflops = 6.0 * parameters * speed / 1e9;
            String prefix = type == types.get(0) ? "" : type.name().toLowerCase(Locale.ROOT) + "_";
            json.put(prefix + "tokens_per_second", BenchOptions.rounded(speed));
            json.put(prefix + "gflops", BenchOptions.rounded(gflops));
            json.put(prefix + "peak_gflops", BenchOptions.rounded(peak));
            json.put(prefix + "peak_share", BenchOptions.rounded(gflops / peak));
            // The same from the work of processors alone, which other programs on the machine do not stretch.
            double worked = BenchSteps.median(processor.get(type));
            json.put(prefix + "processor_seconds_per_step", BenchOptions.rounded(worked));
            json.put(prefix + "processor_peak_share",
                    BenchOptions.rounded(6.0 * parameters * batch * length / worked / 1e9
                    / BenchSteps.median(processorPeaks.get(type))));
            System.out.printf(Locale.ROOT, "%s: %.1f tokens/s, %.0f of %.0f GFLOP/s (%.0f%%)%n", type, speed, gflops,
                    peak, 100 * gflops / peak);
        }
        json.put("chosen", choice.type().name().toLowerCase(Locale.ROOT));
        if (types.size() > 1) {
            json.put("bfloat16_speedup", BenchOptions.rounded(BenchSteps.median(seconds.get(types.get(0)))
                    / BenchSteps.median(seconds.get(types.get(1)))));
            json.put("bfloat16_processor_speedup", BenchOptions.rounded(BenchSteps.median(processor.get(types.get(0)))
                    / BenchSteps.median(processor.get(types.get(1)))));
        }
        json.put("peak_rss_gb", BenchOptions.rounded(PeakMemory.gigabytes()));
        BenchOptions.printJson(json);
    }
}
