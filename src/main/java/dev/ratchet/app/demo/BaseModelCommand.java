package dev.ratchet.app.demo;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.tensor.ComputeType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the demo's base model again, or only measures one, and prints how its held-out samples stand. */
@Command(name = "demo-base", mixinStandardHelpOptions = true,
        description = "Trains the demo's base model from its generated corpus and measures it on held-out wordings.")
public final class BaseModelCommand implements Callable<Integer> {

    private static final int REPORT_EVERY = 25;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, description = "Folder of the model, in Hugging Face layout.")
    private Path out;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of corpus, weights and order (default 1).")
    private long seed;

    @Option(names = "--measure-only", description = "Measure the model that is in the folder already.")
    private boolean measureOnly;

    @Option(names = "--prompts", defaultValue = "1000", description = "Held-out prompts to sample (default 1000).")
    private int prompts;

    @Override
    public Integer call() throws Exception {
        PrintWriter console = spec.commandLine().getOut();
        long start = System.nanoTime();
        if (!measureOnly) {
            BaseModel.train(out, BaseModel.Recipe.standard(seed), (step, steps, metrics) -> {
                if (step % REPORT_EVERY == 0 || step == steps) {
                    console.printf(Locale.ROOT, "step %d of %d  loss %.3f  %.0f tokens/s  %.0f s%n", step, steps,
                            metrics.get("loss"), metrics.get("tokens_per_second"), (System.nanoTime() - start) / 1e9);
                    console.flush();
                }
            });
        }
        try (LanguageModel model = LanguageModel.load(out, ComputeType.FLOAT32)) {
            List<Corpus.Dialogue> samples = BaseModel.sample(model, prompts, seed);
            console.print(StyleProfile.of(new Rubric(Scenario.load()), samples).table());
            samples.stream().limit(5).forEach(d -> console.printf("%n> %s%n%s%n", d.prompt(), d.reply()));
        }
        console.flush();
        return 0;
    }
}
