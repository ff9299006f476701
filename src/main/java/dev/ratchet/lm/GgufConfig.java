package dev.ratchet.lm;

import dev.ratchet.tensor.Gguf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A model's shape from the settings of a GGUF file. */
final class GgufConfig {
    /** By what Llama 3's scaling divides the rotary frequencies. */
    static final String FREQUENCIES = "rope_freqs.weight";

    private final Gguf file;
    private final String architecture;

    private GgufConfig(Gguf file, String architecture) {
        this.file = file;
        this.architecture = architecture;
    }

    /** @throws ModelFormatException with what is wrong with the file, its name left out */
    static ModelConfig read(Gguf file) {
        String architecture = file.text("general.architecture");
        if (architecture == null) {
            throw new ModelFormatException("names no general.architecture.");
        }
        return new GgufConfig(file, architecture).read(ModelFamily.ofGguf(architecture));
    }

    private ModelConfig read(ModelFamily family) {
        if (optional("split.count", 1) > 1) {
            throw new ModelFormatException("is one of " + optional("split.count", 1)
                    + " parts, which is not supported: merge them with llama-gguf-split --merge.");
        }
        if (optional(architecture + ".expert_count", 0) > 0) {
            throw new ModelFormatException("holds a mixture of experts, which is not supported.");
        }
        int width = whole("embedding_length");
        int heads = whole("attention.head_count");
        int headWidth = (int) optional(architecture + ".attention.key_length",
                optional(architecture + ".rope.dimension_count", heads == 0 ? 0 : width / heads));
        same("attention.value_length", headWidth);
        same("rope.dimension_count", headWidth);
        List<Integer> ends = new ArrayList<>();
        for (String role : List.of("eos", "eot", "eom")) {
            int id = token(role + "_token_id");
            if (id >= 0 && !ends.contains(id)) {
                ends.add(id);
            }
        }
        int vocabulary = Math.toIntExact(Math.min(Integer.MAX_VALUE, file.shape("token_embd.weight")[0]));
        if (file.texts("tokenizer.ggml.tokens").size() != vocabulary) {
            throw new ModelFormatException("has " + file.texts("tokenizer.ggml.tokens").size()
                    + " tokens in tokenizer.ggml.tokens, but " + vocabulary + " rows in token_embd.weight.");
        }
        return new ModelConfig(vocabulary, width, whole("feed_forward_length"), whole("block_count"), heads,
                (int) optional(architecture + ".attention.head_count_kv", heads), headWidth, whole("context_length"),
                shortest(file.real(architecture + ".attention.layer_norm_rms_epsilon").orElseThrow(() ->
                        new ModelFormatException("lacks the setting " + architecture
                                + ".attention.layer_norm_rms_epsilon."))),
                rotary(headWidth), !file.has("output.weight"), 0.02, token("bos_token_id"), ends,
                token("padding_token_id"), family, (int) optional(architecture + ".attention.sliding_window", 0));
    }

    /** A float32 as the shortest decimal that means it: 1e-5, not 9.99999974e-6. */
    private static double shortest(double value) {
        return (float) value == value ? Double.parseDouble(Float.toString((float) value)) : value;
    }

    private RotaryScaling rotary(int headWidth) {
        double theta = shortest(file.real(architecture + ".rope.freq_base").orElse(10000));
        String type = file.text(architecture + ".rope.scaling.type");
        double factor = shortest(file.real(architecture + ".rope.scaling.factor")
                .orElse(file.real(architecture + ".rope.scale_linear").orElse(1)));
        if (file.has(FREQUENCIES)) {
            if (factor != 1 && type != null && !type.equals("none")) {
                throw new ModelFormatException("scales its rotary positions twice.");
            }
            return RotaryScaling.llama3(theta, frequencies(headWidth / 2), headWidth);
        }
        if (type == null || type.equals("linear")) {
            return factor == 1 ? RotaryScaling.plain(theta) : new RotaryScaling("linear", theta, factor, 1, 1, 0);
        }
        if (type.equals("none")) {
            return RotaryScaling.plain(theta);
        }
        throw new ModelFormatException("has rope.scaling.type '" + type
                + "', which is not supported; none, linear and Llama 3's are.");
    }

    private int whole(String key) {
        OptionalLong value = file.whole(architecture + "." + key);
        if (value.isEmpty()) {
            throw new ModelFormatException("lacks the setting " + architecture + "." + key + ".");
        }
        return bounded(architecture + "." + key, value.getAsLong());
    }

    private long optional(String key, long otherwise) {
        OptionalLong value = file.whole(key);
        return value.isEmpty() ? otherwise : bounded(key, value.getAsLong());
    }

    private static int bounded(String key, long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new ModelFormatException("has the impossible setting " + key + " = " + value + ".");
        }
        return (int) value;
    }

    private void same(String key, int expected) {
        long own = optional(architecture + "." + key, expected);
        if (own != expected) {
            throw new ModelFormatException("has " + architecture + "." + key + " = " + own
                    + ", which is not supported: it must be the head's width, " + expected + ".");
        }
    }

    private int token(String key) {
        return (int) optional("tokenizer.ggml." + key, -1);
    }

    private float[] frequencies(int count) {
        try {
            return file.floats(FREQUENCIES, count).values();
        } catch (IOException e) {
            throw new ModelFormatException("cannot be read: " + e.getMessage(), e);
        }
    }
}
