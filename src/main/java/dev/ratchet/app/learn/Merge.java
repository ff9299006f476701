package dev.ratchet.app.learn;

import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.MergedModel;
import dev.ratchet.lm.ModelFolder;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a LoRA adapter into the weights of its base, one weight at a time. */
@Command(name = "merge", mixinStandardHelpOptions = true,
        description = "Merges a LoRA adapter into its base model and writes the whole model, tokenizer and chat"
                + " template included; a language model's adapter or a reward model's.",
        footer = {"", "Examples:",
            "  merge runs/dpo-lora --out better",
            "  merge adapter --base hf:HuggingFaceTB/SmolLM2-135M --out better --storage bfloat16",
            "To GGUF: convert runs/dpo-lora --out better.gguf merges on the way."})
public final class Merge implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "ADAPTER",
            description = "The adapter's folder, as PEFT writes it, or hf:owner/name[@revision].")
    private String adapter;

    @Option(names = "--base", paramLabel = "MODEL",
            description = "The base model: a Hugging Face folder, a .gguf file, or hf:owner/name[@revision] (default:"
                    + " the one that the adapter names, where it is at hand).")
    private String base;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write, a new one.")
    private Path out;

    @Option(names = "--storage", paramLabel = "TYPE", defaultValue = "float32",
            description = "Type of the written weights: float32, bfloat16 or float16 (default: ${DEFAULT-VALUE}).")
    private String storage;

    @Override
    public Integer call() throws IOException {
        StorageType type = type(storage);
        requireRoom();
        Path source = Fetching.resolve(adapter);
        if (!AdapterFolder.is(source)) {
            throw new Refusal(source + " is no adapter: it has no adapter_config.json.");
        }
        Path below = base == null ? AdapterFolder.basePath(source) : Fetching.resolve(base);
        out = out.toAbsolutePath().normalize();
        Files.createDirectories(out.getParent());
        if (AdapterFolder.isReward(source)) {
            try (RewardModel model = RewardModel.loadAdapter(source, below, ComputeType.FLOAT32)) {
                model.save(out, type);
            }
        } else {
            try (Progress progress = Progress.of("merge")) {
                ModelFolder.write(MergedModel.of(source, below), out, type, (done, total) ->
                        progress.at(done, total, ""));
            }
        }
        PrintWriter console = command.commandLine().getOut();
        console.printf("%s: %s merged into %s, %s%n", out, source.getFileName(), below.getFileName(), type.dtype());
        console.flush();
        return 0;
    }

    private static StorageType type(String name) {
        return Arrays.stream(StorageType.values()).filter(t -> t.dtype().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new Refusal("--storage is '" + name + "'; known are "
                        + Arrays.stream(StorageType.values()).map(StorageType::dtype).collect(Collectors.joining(", "))
                        + "."));
    }

    private void requireRoom() throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        if (Files.isDirectory(out)) {
            try (Stream<Path> children = Files.list(out)) {
                if (children.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw new Refusal(out + " exists already: name another.");
    }
}
