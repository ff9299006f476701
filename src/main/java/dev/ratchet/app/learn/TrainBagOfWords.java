package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.stats.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fits the baseline that a reward model must beat. */
@Command(name = "bag-of-words", mixinStandardHelpOptions = true,
        description = "Fits a logistic regression on bags of words to preference pairs: the baseline of a reward"
                + " model on the same rows. Its ridge is chosen in five folds of the training part.",
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
        OutputOptions.requireEmpty(out);
        DataOptions.Rows<PreferencePair> pairs = data.read(Lint.ofTexts(), Lint::preferences,
                PreferencePair::conversation);
        if (pairs.heldOut().isEmpty()) {
            throw new Refusal("A baseline needs held-out rows: give --held-out.");
        }
        BagOfWords model;
        try (Progress progress = Progress.of("bag of words")) {
            model = BagOfWords.fit(pairs.training(), progress);
        }
        HeldOutScores scores = HeldOutScores.of(pairs.heldOut(), pairs.heldOut().stream().map(DataRow::value)
                .flatMap(p -> List.of(p.chosen(), p.rejected()).stream()).mapToDouble(model::score).toArray());
        RunRecord record = new RunRecord(out).put("objective", "bag-of-words").put("data", pairs.description())
                .put("words", model.vocabulary().size()).put("ridge", model.ridge()).put("held_out", scores.summary());
        console.println(RunOptions.said("held-out accuracy", scores.accuracy()));
        if (against != null) {
            HeldOutScores theirs = HeldOutScores.read(against.resolve(HeldOutScores.FILE));
            Interval difference = theirs.minus(scores);
            console.println(RunOptions.said("accuracy of " + against, theirs.accuracy()));
            console.println(RunOptions.said("difference, paired", difference));
            record.put("against", Map.of("folder", against.toString(), "difference",
                    HeldOutScores.entries(difference)));
        }
        Files.createDirectories(out);
        scores.write(out.resolve(HeldOutScores.FILE));
        record.finished();
        console.flush();
        return 0;
    }
}
