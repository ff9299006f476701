package dev.ratchet.app.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which rows are learned from and which are held out. */
final class DataOptions {
    @Option(names = "--data", required = true, paramLabel = "FILE",
            description = "JSON Lines in one of TRL's formats, also compressed (.gz); may be given several times.")
    List<Path> files = new ArrayList<>();

    @Option(names = "--held-out", paramLabel = "N", defaultValue = "0",
            description = "Rows that are never learned from, only measured on: a count, or a share below 1. Rows with the"
                    + " same prompt stay on one side (default: ${DEFAULT-VALUE}).")
    double heldOut;

    @Option(names = "--split-seed", paramLabel = "N", defaultValue = "0",
            description = "Which rows are held out (default: ${DEFAULT-VALUE}).")
    long splitSeed;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0",
            description = "Learn from so many rows only, the first of the training part; 0 for all (default:"
                    + " ${DEFAULT-VALUE}).")
    int limit;

    @Option(names = "--drop-refused",
            description = "Leave rows out that the lint refuses, instead of refusing the data.")
    boolean dropRefused;

    /** Pairs, apart. */
    record Pairs(List<Comparison> training, List<Comparison> heldOut, Map<String, Object> description) {
    }

    /**
     * Reads, lints and splits.
     *
     * @throws Refusal naming rows and reasons, where the lint refuses any and they are not to be dropped
     */
    Pairs pairs() throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        Map<String, Object> described = new LinkedHashMap<>();
        List<Map<String, Object>> sources = new ArrayList<>();
        Refusals refusals = new Refusals();
        for (Path file : files) {
            comparisons.addAll(ComparisonFile.read(file, refusals));
            sources.add(Map.of("file", file.getFileName().toString(), "sha256", Digest.of(file)));
        }
        refusals.check(dropRefused);
        Holdout<Comparison> split = Holdout.of(comparisons, Comparison::group, heldOut, splitSeed);
        List<Comparison> training = limit > 0 && limit < split.training().size()
                ? split.training().subList(0, limit) : split.training();
        described.put("files", sources);
        described.put("rows_refused", refusals.reasons());
        described.put("rows_training", training.size());
        described.put("rows_held_out", split.heldOut().size());
        described.put("split_seed", splitSeed);
        return new Pairs(training, split.heldOut(), described);
    }
}
