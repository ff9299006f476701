package dev.ratchet.app.learn;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The language model that a command begins with. */
final class ModelOptions {
    private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf");

    @Option(names = "--model", required = true, paramLabel = "MODEL",
            description = "A Hugging Face folder, a GGUF file, or the folder of a LoRA adapter whose base is at hand.")
    Path model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "A LoRA adapter to put over --model.")
    Path adapter;

    LanguageModel load(ComputeType type) {
        return adapter == null ? LanguageModel.load(model, type) : LanguageModel.loadAdapter(adapter, model, type);
    }

    /** For a record: where the model came from, and digests of its weights. */
    Map<String, Object> description() throws IOException {
        Map<String, Object> description = description(model);
        if (adapter != null) {
            description.put("adapter", description(adapter));
        }
        return description;
    }

    static Map<String, Object> description(Path path) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("source", path.getFileName().toString());
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(f -> WEIGHTS.stream().anyMatch(f.toString()::endsWith)).sorted().toList()) {
                    description.put(file.getFileName().toString(), Digest.of(file));
                }
            }
        } else if (Files.exists(path)) {
            description.put("sha256", Digest.of(path));
        }
        return description;
    }
}
