package dev.ratchet.app.learn;

import dev.ratchet.stats.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fits the baseline that a reward model must beat. */
@Command(name = "bag-of-words", mixinStandardHelpOptions = true,
        description = "Fits a logistic regression on bags of words to preference pairs: the baseline of a reward model on"
                + " the same rows. Its ridge is chosen in five folds of the training part.",
        footer = {"", "Example: train bag-of-words --data pairs.jsonl --held-out 0.1 --out baseline --against reward"})
final class TrainBagOfWords implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private DataOptions data;

    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder of the result: training.json and heldout.jsonl.")
    private Path out;

    @Option(names = "--against", paramLabel = "DIR",
            description = "A reward model's folder: print its held-out accuracy minus the baseline's, row by row.")
    private Path against;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = command.commandLine().getOut();
        DataOptions.Pairs pairs = data.pairs();
        if (pairs.heldOut().isEmpty()) {
            throw new Refusal("A baseline needs held-out rows: give --held-out.");
        }
        BagOfWords model;
        try (Progress progress = Progress.of("bag of words")) {
            model = BagOfWords.fit(pairs.training(), progress);
        }
        HeldOutScores scores = HeldOutScores.of(pairs.heldOut(), pairs.heldOut().stream().map(Comparison::pair)
                .flatMap(p -> List.of(p.chosen(), p.rejected()).stream()).mapToDouble(model::score).toArray());
        RunRecord record = new RunRecord(out).put("objective", "bag-of-words").put("data", pairs.description())
                .put("words", model.vocabulary().size()).put("ridge", model.ridge()).put("held_out", scores.summary());
        print(console, "held-out accuracy", scores.accuracy());
        if (against != null) {
            HeldOutScores theirs = HeldOutScores.read(against.resolve(HeldOutScores.FILE));
            Interval difference = theirs.minus(scores);
            print(console, "accuracy of " + against, theirs.accuracy());
            print(console, "difference, paired", difference);
            record.put("against", Map.of("folder", against.toString(), "difference", HeldOutScores.entries(difference)));
        }
        record.finished();
        scores.write(out.resolve(HeldOutScores.FILE));
        console.flush();
        return 0;
    }

    private static void print(PrintWriter console, String what, Interval interval) {
        console.printf(Locale.ROOT, "%s %.3f, 95%% interval %.3f to %.3f%n", what, interval.estimate(), interval.low(),
                interval.high());
    }
}
