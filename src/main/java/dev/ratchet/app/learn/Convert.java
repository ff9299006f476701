package dev.ratchet.app.learn;

import dev.ratchet.lm.GgufExport;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.ModelFolder;
import dev.ratchet.lm.StoredModel;
import dev.ratchet.tensor.GgmlType;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns a model from one format into another, one weight at a time. */
@Command(name = "convert", mixinStandardHelpOptions = true,
        description = "Converts a model between Hugging Face folders and GGUF files, tokenizer and chat template"
                + " included.",
        footer = {"", "Examples:",
            "  convert SmolLM2-135M-Instruct.Q4_1.gguf --out smollm2",
            "  convert runs/dpo --out better.gguf --storage q8_0"})
public final class Convert implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "MODEL",
            description = "A Hugging Face folder, a .gguf file, hf:owner/name[@revision], or a LoRA adapter's folder,"
                    + " which is merged into the base that it names.")
    private String model;

    @Option(names = "--out", required = true, paramLabel = "PATH",
            description = "What to write: a new folder, or a file whose name ends in .gguf.")
    private Path out;

    @Option(names = "--to", paramLabel = "FORMAT",
            description = "huggingface or gguf; by default gguf where --out ends in .gguf, else huggingface.")
    private String format;

    @Option(names = "--storage", paramLabel = "TYPE",
            description = "Type of the written matrices: float32, bfloat16, float16, and for GGUF q8_0 too (default:"
                    + " float32 for folders, float16 for GGUF).")
    private String storage;

    @Option(names = "--overwrite", description = "Replace --out where it is a file that exists.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        boolean gguf = gguf();
        GgmlType type = type(storage == null ? gguf ? "float16" : "float32" : storage);
        if (!gguf && type == GgmlType.Q8_0) {
            throw new Refusal("--storage q8_0 is for GGUF only; a folder takes float32, bfloat16 or float16.");
        }
        requireRoom(gguf);
        Path source = Fetching.resolve(model);
        StoredModel stored = StoredModel.open(source);
        out = out.toAbsolutePath().normalize();
        Files.createDirectories(out.getParent());
        try (Progress progress = Progress.of("convert")) {
            if (gguf) {
                GgufExport.write(stored, out, type, out.getFileName().toString().replaceFirst("(?i)\\.gguf$", ""),
                        (done, total) -> progress.at(done, total, ""));
            } else {
                ModelFolder.write(stored, out, storageType(type), (done, total) -> progress.at(done, total, ""));
            }
        }
        ModelConfig config = stored.config();
        PrintWriter console = command.commandLine().getOut();
        console.printf(Locale.ROOT, "%s: %s, %.1f million weights, %s, %.1f MB%n", out, config.family().type(),
                config.parameters() / 1e6, type, size() / 1e6);
        console.flush();
        return 0;
    }

    private boolean gguf() {
        boolean named = out.toString().toLowerCase(Locale.ROOT).endsWith(".gguf");
        return switch (format == null ? named ? "gguf" : "huggingface" : format.toLowerCase(Locale.ROOT)) {
            case "gguf" -> {
                if (!named) {
                    throw new Refusal("--out " + out + " must end in .gguf.");
                }
                yield true;
            }
            case "huggingface", "hf" -> false;
            default -> throw new Refusal("--to is '" + format + "'; known are huggingface and gguf.");
        };
    }

    private static GgmlType type(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "float32", "f32" -> GgmlType.F32;
            case "float16", "f16" -> GgmlType.F16;
            case "bfloat16", "bf16" -> GgmlType.BF16;
            case "q8_0" -> GgmlType.Q8_0;
            default -> throw new Refusal("--storage is '" + name
                    + "'; known are float32, bfloat16, float16 and, for GGUF, q8_0.");
        };
    }

    private static StorageType storageType(GgmlType type) {
        return switch (type) {
            case F16 -> StorageType.FLOAT16;
            case BF16 -> StorageType.BFLOAT16;
            default -> StorageType.FLOAT32;
        };
    }

    private void requireRoom(boolean gguf) throws IOException {
        boolean taken = Files.exists(out) && !(gguf ? overwrite && Files.isRegularFile(out) : empty(out));
        if (taken) {
            throw new Refusal(out + " exists already: name another"
                    + (gguf && Files.isRegularFile(out) ? ", or give --overwrite." : "."));
        }
    }

    private static boolean empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
        }
    }
}
