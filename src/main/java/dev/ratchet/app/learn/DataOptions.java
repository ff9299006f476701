package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.examples.Linted;
import dev.ratchet.examples.Numbered;
import dev.ratchet.examples.PromptSplit;
import dev.ratchet.lm.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which rows are learned from and which are held out. */
final class DataOptions {
    @Option(names = "--data", required = true, paramLabel = "FILE",
            description = "JSON Lines in one of TRL's formats, also compressed (.gz).")
    Path file;

    @Option(names = "--held-out", paramLabel = "N", defaultValue = "0",
            description = "Rows that are never learned from, only measured on: a count, or a share below 1. Rows with"
                    + " the same prompt stay on one side (default: ${DEFAULT-VALUE}).")
    double heldOut;

    @Option(names = "--split-seed", paramLabel = "N", defaultValue = "0",
            description = "Decides which rows are held out (default: ${DEFAULT-VALUE}).")
    long splitSeed;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0",
            description = "Learn from the first so many training rows only; 0 for all (default: ${DEFAULT-VALUE}).")
    int limit;

    @Option(names = "--limit-held-out", paramLabel = "N", defaultValue = "0",
            description = "Measure on the first so many held-out rows only; 0 for all (default: ${DEFAULT-VALUE}).")
    int limitHeldOut;

    @Option(names = "--drop-refused",
            description = "Leave out and name the rows that the lint refuses, instead of refusing the data.")
    boolean dropRefused;

    @Option(names = "--max-length", paramLabel = "TOKENS", defaultValue = "0",
            description = "Longest prompt with answer; longer rows are refused; 0 for the model's context (default:"
                    + " ${DEFAULT-VALUE}).")
    int maxLength;

    /** A format of the data. */
    interface Format<T> {
        Linted<T> read(Lint lint, Path file) throws IOException;
    }

    /** Rows, apart. */
    record Rows<T>(List<DataRow<T>> training, List<DataRow<T>> heldOut, String report,
            Map<String, Object> description) {
        List<T> trainingValues() {
            return training.stream().map(DataRow::value).toList();
        }
    }

    /**
     * Reads, lints and splits.
     *
     * @throws dev.ratchet.examples.LintException naming rows and reasons, where any is refused and they are not to be
     *     left out
     */
    <T> Rows<T> read(Lint lint, Format<T> format, Function<T, List<Message>> prompt) throws IOException {
        if (limit < 0 || limitHeldOut < 0 || maxLength < 0) {
            throw new Refusal((limit < 0 ? "--limit" : limitHeldOut < 0 ? "--limit-held-out" : "--max-length")
                    + " must be 0 or more.");
        }
        if (!Files.isRegularFile(file)) {
            throw new Refusal("--data " + file + " is no file.");
        }
        Linted<T> linted = format.read(lint, file);
        if (!dropRefused || linted.rows().isEmpty()) {
            linted.orFail();
        }
        PromptSplit<Numbered<T>> split = split(linted.rows(), prompt);
        Rows<T> rows = new Rows<>(rows(split.training(), prompt, limit), rows(split.heldOut(), prompt, limitHeldOut),
                linted.problems().isEmpty() ? "" : linted.summary(), new LinkedHashMap<>());
        requireInterval(rows.heldOut);
        rows.description.put("file", file.getFileName().toString());
        rows.description.put("sha256", Digest.of(file));
        rows.description.put("rows_training", rows.training.size());
        rows.description.put("rows_held_out", rows.heldOut.size());
        rows.description.put("rows_refused", linted.refused());
        rows.description.put("split_seed", splitSeed);
        return rows;
    }

    /** Said now rather than after hours of training: an interval needs at least two prompts. */
    private void requireInterval(List<? extends DataRow<?>> rows) {
        long prompts = rows.stream().map(DataRow::group).distinct().count();
        if (heldOut > 0 && prompts < 2) {
            throw new Refusal("--held-out holds out " + prompts + (prompts == 1 ? " prompt" : " prompts")
                    + "; an interval needs at least 2. Hold out more rows.");
        }
    }

    private <T> PromptSplit<Numbered<T>> split(List<Numbered<T>> rows, Function<T, List<Message>> prompt) {
        if (!(heldOut >= 0) || heldOut >= 1 && heldOut != Math.rint(heldOut)) {
            throw new Refusal("--held-out takes a share below 1 or a whole number of rows, not " + heldOut + ".");
        }
        try {
            return heldOut < 1
                    ? PromptSplit.holdingOutShare(heldOut, rows, r -> prompt.apply(r.value()), splitSeed)
                    : PromptSplit.holdingOut((long) heldOut, rows, r -> prompt.apply(r.value()), splitSeed);
        } catch (IllegalArgumentException e) {
            throw new Refusal("--held-out: " + e.getMessage());
        }
    }

    private static <T> List<DataRow<T>> rows(List<Numbered<T>> rows, Function<T, List<Message>> prompt, int limit) {
        return rows.stream().limit(limit > 0 ? limit : rows.size())
                .map(r -> new DataRow<>(r.row(), Digest.of(PromptSplit.group(prompt.apply(r.value()))), r.value()))
                .toList();
    }
}
