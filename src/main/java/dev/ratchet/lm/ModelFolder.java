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
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A Hugging Face folder: {@code config.json}, weights in one or several safetensors files, tokenizer and template. */
public final class ModelFolder implements StoredModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> TOKENIZER_FILES = List.of("tokenizer.json", "tokenizer_config.json",
            "special_tokens_map.json", "chat_template.jinja");

    private final Path folder;
    private final ModelConfig config;

    private ModelFolder(Path folder, ModelConfig config) {
        this.folder = folder;
        this.config = config;
    }

    static ModelFolder open(Path folder) {
        return new ModelFolder(folder, ModelConfig.read(folder));
    }

    /**
     * The GGUF file of a folder that holds no safetensors.
     *
     * @throws ModelFormatException where it holds several
     */
    static Optional<Path> onlyGguf(Path folder) {
        if (Files.exists(folder.resolve(SINGLE)) || Files.exists(folder.resolve(INDEX))) {
            return Optional.empty();
        }
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> files = children.filter(f -> f.toString().endsWith(".gguf")).sorted().toList();
            if (files.size() > 1) {
                throw new ModelFormatException(folder + " holds " + files.size() + " GGUF files; name one of them.");
            }
            return files.stream().findFirst();
        } catch (IOException e) {
            throw new ModelFormatException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public Weights weights() {
        return weights(folder, config.weights());
    }

    @Override
    public Map<String, byte[]> tokenizerFiles() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            for (String name : TOKENIZER_FILES) {
                if (Files.exists(folder.resolve(name))) {
                    files.put(name, Files.readAllBytes(folder.resolve(name)));
                }
            }
        } catch (IOException e) {
            throw new ModelFormatException(folder + " cannot be read: " + e.getMessage(), e);
        }
        return files;
    }

    @Override
    public ConversationEncoder encoder() {
        return ConversationEncoder.load(folder, config);
    }

    /**
     * Writes a model as such a folder: into a folder beside it that is then renamed, so that it is whole or absent.
     *
     * @throws IOException also where the folder exists and is not empty
     */
    public static void write(StoredModel model, Path folder, StorageType storage, ProgressListener listener)
            throws IOException {
        Path draft = folder.resolveSibling(folder.getFileName() + ".tmp");
        Checkpoints.delete(draft);
        try {
            fill(model, draft, storage, listener);
            Files.deleteIfExists(folder);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Checkpoints.delete(draft);
            throw e;
        }
    }

    private static void fill(StoredModel model, Path draft, StorageType storage, ProgressListener listener)
            throws IOException {
        Files.createDirectories(draft);
        ModelConfig config = model.config();
        JSON.writerWithDefaultPrettyPrinter().writeValue(draft.resolve("config.json").toFile(), config.toJson(storage));
        JSON.writerWithDefaultPrettyPrinter().writeValue(draft.resolve("generation_config.json").toFile(),
                config.generationJson());
        for (Map.Entry<String, byte[]> file : model.tokenizerFiles().entrySet()) {
            Files.write(draft.resolve(file.getKey()), file.getValue());
        }
        Weights weights = model.weights();
        int[] done = {0};
        Safetensors.write(draft.resolve(SINGLE), weights.shapes(), name -> {
            listener.progress(++done[0], weights.shapes().size());
            return weights.read(name);
        }, storage, Map.of("format", "pt"));
    }

    /**
     * Opens the named tensors of {@code model.safetensors}, or of the files that
     * {@code model.safetensors.index.json} names; each must be there.
     *
     * @throws ModelFormatException in one line that names the file and the tensor, where one is not
     */
    public static Weights weights(Path folder, Map<String, long[]> expected) {
        try {
            Map<String, Safetensors> places = places(folder, expected);
            return new Weights() {
                @Override
                public Map<String, long[]> shapes() {
                    return expected;
                }

                @Override
                public Tensor read(String name) {
                    try {
                        return places.get(name).floats(name, expected.get(name));
                    } catch (TensorFormatException | IOException e) {
                        throw new ModelFormatException(e.getMessage(), e);
                    }
                }
            };
        } catch (TensorFormatException | IOException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    private static Map<String, Safetensors> places(Path folder, Map<String, long[]> expected) throws IOException {
        Map<String, Safetensors> places = new HashMap<>();
        if (Files.exists(folder.resolve(SINGLE)) || !Files.exists(folder.resolve(INDEX))) {
            Safetensors single = Safetensors.open(folder.resolve(SINGLE));
            expected.keySet().forEach(name -> places.put(name, single));
        } else {
            JsonNode index = ModelConfigFile.json(folder.resolve(INDEX)).path("weight_map");
            Map<String, Safetensors> shards = new HashMap<>();
            for (String name : expected.keySet()) {
                String shard = shard(folder, name, index.path(name));
                if (!shards.containsKey(shard)) {
                    shards.put(shard, Safetensors.open(folder.resolve(shard)));
                }
                places.put(name, shards.get(shard));
            }
        }
        for (Map.Entry<String, long[]> weight : expected.entrySet()) {
            places.get(weight.getKey()).check(weight.getKey(), weight.getValue());
        }
        return places;
    }

    /** The files that a folder's index names. */
    static Set<String> shards(Path folder) {
        Set<String> shards = new TreeSet<>();
        ModelConfigFile.json(folder.resolve(INDEX)).path("weight_map").properties()
                .forEach(e -> shards.add(shard(folder, e.getKey(), e.getValue())));
        return shards;
    }

    private static String shard(Path folder, String name, JsonNode file) {
        if (!file.isTextual()) {
            throw new ModelFormatException(folder.resolve(INDEX) + " names no file for tensor " + name + ".");
        }
        if (!file.asText().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.safetensors")) {
            throw new ModelFormatException(folder.resolve(INDEX) + " names the file '" + file.asText() + "' for tensor "
                    + name + ", which is no safetensors file of this folder.");
        }
        return file.asText();
    }
}
