package dev.ratchet.app.learn;

import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.WeightType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replies of a model to one prompt, or to a file of them. */
@Command(name = "generate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Answers one prompt on the console, or a file of prompts into a file of replies.",
        footer = {"", "Examples:", "  generate --model smollm2.gguf --prompt \"What is the capital of France?\"",
            "  generate --model base --prompts prompts.jsonl --out replies.jsonl --temperature 1 --samples 4"})
public final class Generate implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ModelOptions model;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What the user says; the reply goes to the console.")
    private String prompt;

    @Mixin
    private PromptOptions prompts;

    @Option(names = "--out", paramLabel = "FILE",
            description = "JSON Lines of replies: row, sample, prompt, completion, finish_reason, tokens,"
                    + " log_probability.")
    private Path out;

    @Option(names = "--resume", description = "Keep the rows that are written already; the other options as before.")
    private boolean resume;

    @Mixin
    private SamplingOptions sampling;

    @Mixin
    private ComputeOptions computing;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = command.commandLine().getOut();
        if ((prompt == null) == (prompts.file == null)) {
            throw new Refusal("Give either --prompt, or --prompts with --out.");
        }
        if (prompts.file != null && out == null) {
            throw new Refusal("--prompts needs --out: the file that the replies go to.");
        }
        if (prompt != null && out != null) {
            throw new Refusal("--out goes with --prompts; the reply to --prompt goes to the console.");
        }
        sampling.sampling();
        sampling.weights(WeightType.FLOAT32);
        ModelOptions.Shape shape = model.shape();
        List<DataRow<List<Message>>> rows = prompts.file == null ? List.of() : prompts.read(shape);
        ComputeOptions.Compute compute = computing.resolve();
        try (Interruption interruption = Interruption.watch(); LanguageModel loaded = model.load(compute.type())) {
            if (prompt != null) {
                List<List<Message>> conversations = Collections.nCopies(sampling.samples,
                        List.of(Message.user(prompt)));
                for (Completion each : Replies.answers(loaded, conversations, sampling, sampling.sampling())) {
                    console.println(each.text());
                }
            } else {
                write(loaded, rows, compute, interruption, console);
            }
        }
        console.flush();
        return 0;
    }

    private void write(LanguageModel loaded, List<DataRow<List<Message>>> rows, ComputeOptions.Compute compute,
            Interruption interruption, PrintWriter console) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("model", model.description());
        settings.put("prompts", Digest.of(prompts.file));
        settings.put("limit", prompts.limit);
        settings.put("sampling", sampling.description());
        settings.put("compute", compute.type().name().toLowerCase(Locale.ROOT));
        RowsFile file = RowsFile.open(out, settings, resume);
        try (Progress progress = Progress.of("generate")) {
            Replies.write(loaded, rows, sampling, file, progress, interruption);
        }
        console.println(file.size() + " replies in " + out);
    }
}
