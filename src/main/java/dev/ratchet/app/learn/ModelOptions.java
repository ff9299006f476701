package dev.ratchet.app.learn;

import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.StoredModel;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The language model that a command begins with. */
final class ModelOptions {
    @Option(names = "--model", required = true, paramLabel = "MODEL",
            description = "A Hugging Face folder, a GGUF file, hf:owner/name[@revision], or the folder of a LoRA"
                    + " adapter whose base is at hand.")
    String model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "A LoRA adapter to put over --model.")
    Path adapter;

    /** What is known of a model before its weights are read. */
    record Shape(ModelConfig config, ConversationEncoder encoder) {
    }

    LanguageModel load(ComputeType type) throws IOException {
        Path path = Fetching.resolve(model);
        return adapter == null ? LanguageModel.load(path, type) : LanguageModel.loadAdapter(adapter, path, type);
    }

    /** Whether the model is a base with an adapter over it. */
    boolean adapted() throws IOException {
        return adapter != null || AdapterFolder.is(Fetching.resolve(model));
    }

    Shape shape() throws IOException {
        Path path = Fetching.resolve(model);
        StoredModel stored = StoredModel.open(AdapterFolder.is(path) ? AdapterFolder.basePath(path) : path);
        return new Shape(stored.config(), stored.encoder());
    }

    /** What the model is read from on this machine, as far as its user named it. */
    List<Path> folders() {
        return Stream.of(model.startsWith("hf:") ? null : Path.of(model), adapter).filter(Objects::nonNull).toList();
    }

    /** What an adapter's files shall call the base. */
    String name() {
        return model.startsWith("hf:") ? model.substring(3) : Path.of(model).toAbsolutePath().normalize().toString();
    }

    /** For a record: where the model came from, and digests of its weights. */
    Map<String, Object> description() throws IOException {
        Map<String, Object> description = ModelDigest.of(Fetching.resolve(model));
        if (adapter != null) {
            description.put("adapter", ModelDigest.ofFiles(adapter));
        }
        return description;
    }
}
