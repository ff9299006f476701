package dev.ratchet.lm;

import dev.ratchet.tensor.Gguf;
import dev.ratchet.tensor.Tensor;
import dev.ratchet.tensor.TensorFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A model in a GGUF file: weights decoded to float32 under their Hugging Face names, tokenizer and chat template. */
public final class GgufModel implements StoredModel {
    private final Gguf file;
    private final ModelConfig config;

    private GgufModel(Gguf file) {
        this.file = file;
        this.config = GgufConfig.read(file);
        Set<String> known = new HashSet<>(Set.of(GgufConfig.FREQUENCIES));
        config.weights().forEach((name, shape) -> {
            known.add(GgufNames.of(name));
            if (!file.has(GgufNames.of(name))) {
                throw new ModelFormatException("has no tensor " + GgufNames.of(name) + ".");
            }
        });
        for (String name : file.names()) {
            if (!known.contains(name)) {
                throw new ModelFormatException("holds tensor " + name + ", which a " + config.family().type()
                        + " of this shape does not have.");
            }
        }
    }

    /**
     * Opens a file and checks that it holds a whole model of a known family.
     *
     * @throws ModelFormatException in one line, where it does not
     */
    public static GgufModel open(Path path) {
        try {
            Gguf file = Gguf.open(path);
            try {
                return new GgufModel(file);
            } catch (ModelFormatException e) {
                throw new ModelFormatException(path + " " + e.getMessage(), e);
            }
        } catch (TensorFormatException e) {
            throw new ModelFormatException(e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFormatException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public Weights weights() {
        Map<String, long[]> shapes = config.weights();
        return new Weights() {
            @Override
            public Map<String, long[]> shapes() {
                return shapes;
            }

            @Override
            public Tensor read(String name) {
                Tensor tensor = GgufModel.this.read(GgufNames.of(name), shapes.get(name));
                if (config.family().permutedInGguf() && GgufNames.rotated(name)) {
                    return GgufNames.unpermuted(tensor, config.headWidth());
                }
                return tensor;
            }
        };
    }

    private Tensor read(String name, long... shape) {
        try {
            return file.floats(name, shape);
        } catch (TensorFormatException | IOException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    @Override
    public Map<String, byte[]> tokenizerFiles() {
        try {
            return GgufVocabulary.files(file);
        } catch (TensorFormatException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    @Override
    public ConversationEncoder encoder() {
        Map<String, byte[]> files = new LinkedHashMap<>(tokenizerFiles());
        try {
            Path folder = Files.createTempDirectory("ratchet-tokenizer");
            try {
                for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                    Files.write(folder.resolve(entry.getKey()), entry.getValue());
                }
                return ConversationEncoder.load(folder, config);
            } catch (ModelFormatException e) {
                throw new ModelFormatException(file.file() + ": " + e.getMessage().replace(folder + "/", "its "), e);
            } finally {
                for (String name : files.keySet()) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The tokenizer of " + file.file() + " could not be unpacked", e);
        }
    }
}
