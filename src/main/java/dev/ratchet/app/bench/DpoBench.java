package dev.ratchet.app.bench;

import dev.ratchet.lm.Adapter;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast preference optimisation is, and what it holds in memory, with and without sharing a pair's prompt. */
@Command(
        name = "dpo",
        description = "Direct preference optimisation against cached reference log-probabilities: pairs a second and"
                + " peak memory, the pair's prompt computed once, and twice. Start Java with -Xmx1g to see how little"
                + " it needs.",
        mixinStandardHelpOptions = true)
final class DpoBench implements Runnable {
    private static final String ADAPTER = "bench";

    @Mixin
    private BenchOptions options;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "4",
            description = "pairs of a step (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--prompt", paramLabel = "TOKENS", defaultValue = "192",
            description = "tokens of a prompt (default: ${DEFAULT-VALUE})")
    private int prompt;

    @Option(names = "--completion", paramLabel = "TOKENS", defaultValue = "64",
            description = "tokens of each reply (default: ${DEFAULT-VALUE})")
    private int completion;

    @Option(names = "--lora", description = "train a low-rank adapter of rank 16 over every linear module instead")
    private boolean lora;

    @Option(names = "--checkpoint", description = "compute each layer again on the way back")
    private boolean checkpoint;

    @Option(names = "--compute", paramLabel = "TYPE", defaultValue = "float32",
            description = "float32 or bfloat16 (default: ${DEFAULT-VALUE})")
    private String compute;

    @Option(names = "--sharing-only", description = "leave out the same without sharing, for the memory of one alone")
    private boolean sharingOnly;

    private final List<Double> processorApart = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();
    private final List<Double> shared = new ArrayList<>();
    private final List<Double> apart = new ArrayList<>();

    @Override
    public void run() {
        options.apply();
        ComputeType type = ComputeType.valueOf(compute.toUpperCase(Locale.ROOT));
        try (Decoder decoder = BenchModel.open(options.model)) {
            double referenceSeconds = -System.nanoTime() / 1e9;
            List<BenchPair> pairs = pairs(decoder, type);
            referenceSeconds += System.nanoTime() / 1e9;
            if (lora) {
                Adapter adapter = Adapter.create(decoder.config(), new LoraSpec(16, 32), 1, "bench");
                decoder.attach(ADAPTER, adapter.weights(), adapter.scales(), 0);
                decoder.activate(ADAPTER);
            }
            shared.addAll(round(decoder, pairs, type, true));
            // Of the whole process, loading and the reference's pass among it, as other trainers' peaks are counted.
            double sharedPeak = PeakMemory.gigabytes();
            double apartPeak = Double.NaN;
            if (!sharingOnly) {
                PeakMemory.reset();
                apart.addAll(round(decoder, pairs, type, false));
                apartPeak = PeakMemory.gigabytes();
            }
            for (int i = 1; i < options.rounds; i++) {
                shared.addAll(round(decoder, pairs, type, true));
                if (!sharingOnly) {
                    apart.addAll(round(decoder, pairs, type, false));
                }
            }
            report(decoder.config().parameters(), sharedPeak, apartPeak, referenceSeconds / pairs.size() * batch);
        }
    }

    private List<BenchPair> pairs(Decoder decoder, ComputeType type) {
        SplittableRandom random = new SplittableRandom(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch * (options.steps + 1); i++) {
            rows.add(new Row(BenchModel.tokens(random, prompt, decoder.config()),
                    List.of(BenchModel.tokens(random, completion, decoder.config()),
                            BenchModel.tokens(random, completion, decoder.config()))));
        }
        double[] reference = LanguageModel.evaluate(decoder, rows, Decoder.Head.LOG_PROBABILITY, type,
                ProgressListener.SILENT);
        List<BenchPair> pairs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            pairs.add(new BenchPair(List.of(rows.get(i)), new double[] {reference[2 * i], reference[2 * i + 1]}));
        }
        return pairs;
    }

    private List<Double> round(Decoder decoder, List<BenchPair> pairs, ComputeType type, boolean sharing) {
        List<BenchPair> laid = pairs.stream().map(p -> sharing ? p : p.apart()).toList();
        List<Double> seconds = new ArrayList<>();
        for (BenchSteps.Step step : new BenchSteps(type, checkpoint).run(decoder, new BenchPair.Loss(),
                BenchPair.parts(laid), sharing ? batch : 2 * batch, () -> { })) {
            seconds.add(step.seconds());
            (sharing ? processor : processorApart).add(step.processorSeconds());
            System.out.printf(Locale.ROOT, "%s: %d pairs in %.2f s%n",
                    sharing ? "one prompt a pair" : "two prompts a pair",
                    batch, step.seconds());
        }
        return seconds;
    }

    private void report(long parameters, double sharedPeak, double apartPeak, double referenceSeconds) {
        double speed = batch / BenchSteps.median(shared);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bench", "dpo");
        json.put("parameters", parameters);
        json.put("lora", lora);
        json.put("compute", compute);
        json.put("checkpoint", checkpoint);
        json.put("threads", Torch.threads());
        json.put("pairs_per_second", BenchOptions.rounded(speed));
        // As trainers without sharing count them: each reply with its prompt.
        json.put("tokens_per_second", BenchOptions.rounded(speed * 2 * (prompt + completion)));
        json.put("computed_tokens_per_second", BenchOptions.rounded(speed * (prompt + 2 * completion)));
        json.put("processor_seconds_per_step", BenchOptions.rounded(BenchSteps.median(processor)));
        json.put("peak_rss_gb", BenchOptions.rounded(sharedPeak));
        json.put("reference_seconds_per_step", BenchOptions.rounded(referenceSeconds));
        if (!sharingOnly) {
            double without = batch / BenchSteps.median(apart);
            json.put("pairs_per_second_without_sharing", BenchOptions.rounded(without));
            json.put("peak_rss_gb_without_sharing", BenchOptions.rounded(apartPeak));
            json.put("processor_seconds_per_step_without_sharing",
                    BenchOptions.rounded(BenchSteps.median(processorApart)));
            json.put("sharing_speedup", BenchOptions.rounded(speed / without));
        }
        BenchOptions.printJson(json);
    }
}
