package dev.ratchet.app.learn;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The model that a run begins with. */
final class ModelOptions {
    @Option(names = "--model", required = true, paramLabel = "MODEL",
            description = "A Hugging Face folder.")
    Path model;

    LanguageModel load(ComputeType type) {
        return LanguageModel.load(model, type);
    }

    /** For a record: where the model came from, and a digest of its weights. */
    Map<String, Object> description() throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("source", model.toString());
        Path weights = Files.isDirectory(model) ? model.resolve("model.safetensors") : model;
        if (Files.exists(weights)) {
            description.put("sha256", Digest.of(weights));
        }
        return description;
    }
}
