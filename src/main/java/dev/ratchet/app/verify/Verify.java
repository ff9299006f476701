package dev.ratchet.app.verify;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb that replays a folder of reference answers. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Computes every answer of a reference folder again, prints the worst deviation of each item, and"
                + " ends with 1 where one is past its tolerance, missing or unreadable.",
        footer = {"", "The folder has any of: networks/NAME/ and adapters/NAME/ (Hugging Face and PEFT folders with"
                + " expected.safetensors), trajectories/*.json with pairs.jsonl and unpaired.jsonl,"
                + " templates/*.jinja with renderings.json, gguf/blocks.safetensors, sampling.json, and JSON files of"
                + " whole models. Sections that it does not have are named and skipped.", "",
            "Example: verify shared/golden/reference --models shared/models"})
public final class Verify implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REFERENCE_DIR", description = "The folder of reference answers.")
    private Path reference;

    @Option(names = "--models", paramLabel = "DIR", required = true,
            description = "The folder of the models that the answers speak of, each under its name.")
    private Path models;

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
            description = "Only items whose name contains this, for instance networks/ (default: all).")
    private String only;

    @Override
    public Integer call() throws IOException {
        for (Path folder : List.of(reference, models)) {
            if (!Files.isDirectory(folder)) {
                throw new ParameterException(spec.commandLine(), folder + " is no folder");
            }
        }
        long begin = System.nanoTime();
        ReferenceFolder found = ReferenceFolder.of(reference, new ModelFolders(models));
        List<Check> checks = found.checks().stream().filter(c -> c.item().contains(only)).toList();
        PrintWriter console = spec.commandLine().getOut();
        if (checks.isEmpty()) {
            console.println("There is nothing to verify in " + reference + (only.isEmpty() ? "." : " by that name."));
            console.flush();
            return 1;
        }
        List<Outcome> outcomes = run(checks, console);
        long failed = outcomes.stream().filter(o -> !o.passed()).count();
        found.absent().forEach(section -> console.println("skipped: " + section + " (not in " + reference + ")"));
        console.printf(Locale.ROOT, "%d of %d items within tolerance, %d not, in %.0f s%n", checks.size() - failed,
                checks.size(), failed, (System.nanoTime() - begin) / 1e9);
        outcomes.stream().filter(o -> !o.passed()).forEach(o -> console.println("FAILED " + o.summary()));
        console.flush();
        return failed == 0 ? 0 : 1;
    }

    private static List<Outcome> run(List<Check> checks, PrintWriter console) {
        List<Outcome> outcomes = new ArrayList<>();
        console.println(Outcome.HEADER);
        console.flush();
        if (System.console() == null) {
            for (Check check : checks) {
                outcomes.add(Outcome.of(check));
                print(outcomes.get(outcomes.size() - 1), console);
            }
            return outcomes;
        }
        BarBelowRows below = new BarBelowRows(System.err);
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("verify").setInitialMax(checks.size())
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(1000).setConsumer(below).build()) {
            for (Check check : checks) {
                bar.setExtraMessage(" " + check.item());
                Outcome outcome = Outcome.of(check);
                outcomes.add(outcome);
                below.above(() -> print(outcome, console));
                bar.step();
            }
        }
        return outcomes;
    }

    private static void print(Outcome outcome, PrintWriter console) {
        outcome.lines().forEach(console::println);
        console.flush();
    }
}
