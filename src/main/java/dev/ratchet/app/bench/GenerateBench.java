package dev.ratchet.app.bench;

import dev.ratchet.lm.CachedDecoder;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.WeightType;
import dev.ratchet.tensor.CopySpeed;
import dev.ratchet.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast replies are written with each type of weights, against how fast this machine copies memory. */
@Command(
        name = "generate",
        description = "Greedy generation: tokens a second of one reply, of a batch and of reading a prompt, with each"
                + " type of weights in turn, and which share of the measured copy bandwidth reading the weights is.",
        mixinStandardHelpOptions = true)
final class GenerateBench implements Runnable {
    @Option(names = "--model", paramLabel = "PATH",
            description = "a Hugging Face folder or GGUF file; random weights of 135M otherwise")
    private Path model;

    @Option(names = "--threads", paramLabel = "N", description = "threads of one operation; all processors otherwise")
    private Integer threads;

    @Option(names = "--weights", paramLabel = "TYPE", split = ",", defaultValue = "float32,bfloat16,int8,int4",
            description = "types that are compared (default: ${DEFAULT-VALUE})")
    private List<String> weights;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
            description = "how often what is compared alternates (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--prompt", paramLabel = "TOKENS", defaultValue = "40",
            description = "tokens of a prompt (default: ${DEFAULT-VALUE})")
    private int prompt;

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "64",
            description = "tokens written after each (default: ${DEFAULT-VALUE})")
    private int tokens;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "8",
            description = "prompts of the batch (default: ${DEFAULT-VALUE})")
    private int batch;

    private final List<Double> copies = new ArrayList<>();
    private final Map<WeightType, Seconds> seconds = new EnumMap<>(WeightType.class);

    /**
     * What each round took: reading the prompt and writing one token; the same and writing all; and both of a batch.
     */
    private record Seconds(List<Double> first, List<Double> all, List<Double> batchFirst, List<Double> batchAll) {
        Seconds() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        static double rest(List<Double> first, List<Double> all) {
            return median(all) - median(first);
        }
    }

    @Override
    public void run() {
        if (tokens < 2 || rounds < 1 || batch < 1 || prompt < 1) {
            throw new IllegalArgumentException("--tokens must be at least 2; --rounds, --batch and --prompt at least"
                    + " 1.");
        }
        List<WeightType> types = weights.stream().map(WeightType::named).toList();
        if (threads != null) {
            System.setProperty("ratchet.threads", threads.toString());
        }
        boolean watchful = Torch.watchWhereQuiet();
        try (Decoder decoder = BenchModel.open(model); CachedDecoder writer = new CachedDecoder(decoder);
                CopySpeed copy = new CopySpeed()) {
            int[] read = BenchModel.tokens(new SplittableRandom(1), prompt, decoder.config());
            List<int[]> several = Collections.nCopies(batch, read);
            types.forEach(type -> seconds.put(type, new Seconds()));
            // The first round lays the weights out and wakes everything up.
            for (int round = 0; round <= rounds; round++) {
                double speed = Math.max(copy.gigabytesPerSecond(), copy.gigabytesPerSecond());
                for (WeightType type : types) {
                    Seconds own = round == 0 ? new Seconds() : seconds.get(type);
                    measure(writer, List.of(read), type, own.first, own.all);
                    measure(writer, several, type, own.batchFirst, own.batchAll);
                }
                if (round > 0) {
                    copies.add(speed);
                }
            }
            report(decoder, types, watchful);
        }
    }

    private void measure(CachedDecoder writer, List<int[]> prompts, WeightType type, List<Double> first,
            List<Double> all) {
        long begin = System.nanoTime();
        writer.greedy(prompts, 1, type);
        first.add((System.nanoTime() - begin) / 1e9);
        begin = System.nanoTime();
        writer.greedy(prompts, tokens, type);
        all.add((System.nanoTime() - begin) / 1e9);
    }

    private void report(Decoder decoder, List<WeightType> types, boolean watchful) {
        double copied = median(copies);
        System.out.printf(Locale.ROOT, "%s, %d threads; a copy moves %.1f GB/s, read and written bytes both counted.%n",
                Torch.describe(), Torch.threads(), copied);
        if (!watchful) {
            System.out.println("Others use this machine: threads sleep"
                    + " where they wait for each other, and figures are lower.");
        }
        System.out.printf("%-10s %14s %14s %12s %12s %12s%n", "weights", "MB a token", "tokens/s", "share",
                "batch of " + batch, "prompt");
        Map<String, Object> each = new LinkedHashMap<>();
        double best = 0;
        for (WeightType type : types) {
            Seconds own = seconds.get(type);
            double bytes = type.bytesPerToken(decoder.config());
            double single = (tokens - 1) / Seconds.rest(own.first, own.all);
            double together = batch * (tokens - 1) / Seconds.rest(own.batchFirst, own.batchAll);
            double reading = prompt / median(own.first);
            double share = single * bytes / 1e9 / copied;
            if (type == WeightType.BFLOAT16 || type == WeightType.INT8) {
                best = Math.max(best, share);
            }
            System.out.printf(Locale.ROOT, "%-10s %14.1f %14.1f %12.2f %12.1f %12.1f%n", type, bytes / 1e6, single,
                    share, together, reading);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("bytes_per_token", (long) bytes);
            figures.put("tokens_per_second", BenchOptions.rounded(single));
            figures.put("read_gbps", BenchOptions.rounded(single * bytes / 1e9));
            figures.put("share", BenchOptions.rounded(share));
            figures.put("batch_tokens_per_second", BenchOptions.rounded(together));
            figures.put("prompt_tokens_per_second", BenchOptions.rounded(reading));
            each.put(type.toString(), figures);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", "generate");
        figures.put("parameters", decoder.config().parameters());
        figures.put("threads", Torch.threads());
        figures.put("prompt_tokens", prompt);
        figures.put("new_tokens", tokens);
        figures.put("batch", batch);
        figures.put("rounds", rounds);
        figures.put("quiet", watchful);
        figures.put("copy_gbps", BenchOptions.rounded(copied));
        figures.put("weights", each);
        // Of bfloat16 and int8, the better.
        figures.put("share", BenchOptions.rounded(best));
        BenchOptions.printJson(figures);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
