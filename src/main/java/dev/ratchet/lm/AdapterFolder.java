package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import dev.ratchet.tensor.TensorFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A LoRA adapter on disk as PEFT lays it out: {@code adapter_config.json} and {@code adapter_model.safetensors}. */
public final class AdapterFolder {
    static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AdapterFolder() {
    }

    /** Whether a folder holds an adapter and no whole model. */
    public static boolean is(Path folder) {
        return Files.exists(folder.resolve(CONFIG)) && !Files.exists(folder.resolve("model.safetensors"))
                && !Files.exists(folder.resolve("model.safetensors.index.json"));
    }

    /**
     * Reads an adapter.
     *
     * @param config of the base model, whose shapes the matrices must fit
     * @throws ModelFormatException in one line, where a file is missing or damaged, does not fit the base, or uses
     *     what is not supported
     */
    public static Adapter read(Path folder, ModelConfig config) {
        Path file = folder.resolve(CONFIG);
        try {
            JsonNode json = ModelConfigFile.json(file);
            LoraSpec spec = AdapterConfig.parse(json);
            boolean scored = AdapterConfig.replacesScore(json);
            return new Adapter(AdapterConfig.base(json), spec,
                    weights(folder, config, spec, scored));
        } catch (ModelFormatException | IllegalArgumentException e) {
            throw e.getMessage().startsWith(folder.toString()) ? e
                    : new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    /** Whether the adapter is a reward model's: it brings its own score head. */
    public static boolean isReward(Path folder) {
        return AdapterConfig.replacesScore(ModelConfigFile.json(folder.resolve(CONFIG)));
    }

    /** What the adapter says its base model is, or null where it does not say. */
    public static String base(Path folder) {
        return ModelConfigFile.json(folder.resolve(CONFIG)).path("base_model_name_or_path").asText(null);
    }

    /**
     * The base model that the adapter names: an absolute path, or one from the adapter's folder, the folder above it
     * or the working folder.
     *
     * @throws ModelFormatException where there is none
     */
    public static Path basePath(Path folder) {
        String base = base(folder);
        if (base == null || base.isBlank()) {
            throw new ModelFormatException(folder.resolve(CONFIG)
                    + " names no base_model_name_or_path; give the base model beside the adapter.");
        }
        Path whole = folder.toAbsolutePath().normalize();
        for (Path from : List.of(whole, whole.resolve(".."), Path.of(""))) {
            Path candidate = from.resolve(base).normalize();
            if (Files.exists(candidate) && !candidate.toAbsolutePath().equals(whole)) {
                return candidate;
            }
        }
        JsonNode json = ModelConfigFile.json(folder.resolve(CONFIG));
        throw new ModelFormatException(folder.resolve(CONFIG) + " names the base model '" + AdapterConfig.base(json)
                + "', which is not here; give it beside the adapter (--model BASE --adapter " + folder
                + "), or merge the two first: merge " + folder + " --base "
                + (AdapterConfig.isOfHub(base) ? "hf:" + AdapterConfig.base(json) : "BASE") + " --out DIR");
    }

    private static Map<String, Tensor> weights(Path folder, ModelConfig config, LoraSpec spec, boolean scored) {
        Path path = folder.resolve(WEIGHTS);
        if (!Files.exists(path) && Files.exists(folder.resolve("adapter_model.bin"))) {
            throw new ModelFormatException(folder.resolve("adapter_model.bin") + " is a pickle, which is not read:"
                    + " save the adapter as " + WEIGHTS + " (PEFT's default).");
        }
        Map<String, long[]> shapes = config.weights();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try {
            Safetensors file = Safetensors.open(path);
            Set<String> unknown = new TreeSet<>(file.names());
            for (String module : spec.modules(config)) {
                long[] shape = shapes.get(module + ".weight");
                read(file, module + Adapter.A, weights, unknown, spec.rank(module), shape[1]);
                read(file, module + Adapter.B, weights, unknown, shape[0], spec.rank(module));
            }
            if (scored) {
                read(file, Decoder.SCORE, weights, unknown, 1, config.width());
            }
            if (!unknown.isEmpty()) {
                throw new ModelFormatException(path + " holds " + unknown.iterator().next()
                        + ", which the base model and the adapter's settings do not account for.");
            }
            return weights;
        } catch (TensorFormatException | IOException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    private static void read(Safetensors file, String name, Map<String, Tensor> weights, Set<String> unknown,
            long... shape) throws IOException {
        weights.put(name, file.floats(PREFIX + name, shape));
        unknown.remove(PREFIX + name);
    }

    /** A note that was written into the metadata of an adapter's weights. */
    public static Optional<String> note(Path folder, String name) {
        try {
            return Optional.ofNullable(Safetensors.open(folder.resolve(WEIGHTS)).metadata().get(name));
        } catch (TensorFormatException | IOException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    /** Writes an adapter so that PEFT reads it. */
    public static void write(Path folder, Adapter adapter, ModelConfig config, StorageType storage)
            throws IOException {
        write(folder, adapter, config, storage, Map.of());
    }

    /**
     * The same with notes in the metadata of the weights, which PEFT leaves alone.
     *
     * @param notes by name; see {@link #note}
     */
    public static void write(Path folder, Adapter adapter, ModelConfig config, StorageType storage,
            Map<String, String> notes) throws IOException {
        Files.createDirectories(folder);
        Map<String, Tensor> named = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("format", "pt"));
        metadata.putAll(notes);
        // PEFT lists tensors by name.
        for (String name : new TreeSet<>(adapter.weights().keySet())) {
            named.put(PREFIX + name, adapter.weights().get(name));
        }
        Safetensors.write(folder.resolve(WEIGHTS), named, storage, metadata);
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(CONFIG).toFile(),
                AdapterConfig.toJson(adapter, config));
    }
}
