package dev.ratchet.lm;

import dev.ratchet.tensor.GgmlType;
import dev.ratchet.tensor.GgufWriter;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a model as one GGUF file that llama.cpp and the programs around it run: weights, tokenizer and template. */
public final class GgufExport {
    /** Numbers that llama.cpp gives to the type that most weights of a file have. */
    private static final Map<GgmlType, Integer> FILE_TYPES = Map.of(GgmlType.F32, 0, GgmlType.F16, 1, GgmlType.Q8_0, 7,
            GgmlType.BF16, 32);

    private final ModelConfig config;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    private GgufExport(ModelConfig config) {
        this.config = config;
    }

    /**
     * Writes a model; vectors stay float32, and matrices whose rows do not fill a block become F16.
     *
     * @param type F32, F16, BF16 or Q8_0
     * @throws ModelFormatException where the tokenizer is of a kind that llama.cpp does not know
     */
    public static void write(StoredModel model, Path file, GgmlType type, String name, ProgressListener listener)
            throws IOException {
        if (!FILE_TYPES.containsKey(type)) {
            throw new IllegalArgumentException("A model is not written as " + type + "; F32, F16, BF16 and Q8_0 are.");
        }
        GgufWriter.write(file, settings(model, type, name), new GgufExport(model.config())
                .tensors(model.weights(), type, listener));
    }

    /** Everything that the file says before its weights. */
    static Map<String, Object> settings(StoredModel model, GgmlType type, String name) {
        GgufExport export = new GgufExport(model.config());
        export.put("general.architecture", model.config().family().ggufArchitecture());
        export.put("general.type", "model");
        export.put("general.name", name);
        export.put("general.file_type", FILE_TYPES.get(type));
        export.put("general.quantization_version", 2);
        export.putShape();
        export.settings.putAll(GgufTokenizerSettings.of(model.config(), model.tokenizerFiles()));
        return export.settings;
    }

    private void put(String key, Object value) {
        settings.put(key, value);
    }

    private void putShape() {
        String prefix = config.family().ggufArchitecture() + ".";
        put(prefix + "vocab_size", config.vocabularySize());
        put(prefix + "context_length", config.positions());
        put(prefix + "embedding_length", config.width());
        put(prefix + "block_count", config.layers());
        put(prefix + "feed_forward_length", config.feedForwardWidth());
        put(prefix + "attention.head_count", config.heads());
        put(prefix + "attention.head_count_kv", config.keyValueHeads());
        put(prefix + "attention.key_length", config.headWidth());
        put(prefix + "attention.value_length", config.headWidth());
        put(prefix + "attention.layer_norm_rms_epsilon", (float) config.normEpsilon());
        if (config.slidingWindow() > 0) {
            put(prefix + "attention.sliding_window", config.slidingWindow());
        }
        put(prefix + "rope.dimension_count", config.headWidth());
        put(prefix + "rope.freq_base", (float) config.rotary().theta());
        if (config.rotary().type().equals("linear")) {
            put(prefix + "rope.scaling.type", "linear");
            put(prefix + "rope.scaling.factor", (float) config.rotary().factor());
        }
    }

    private List<GgufWriter.Entry> tensors(Weights weights, GgmlType type, ProgressListener listener) {
        List<GgufWriter.Entry> entries = new ArrayList<>();
        if (config.rotary().type().equals("llama3")) {
            float[] factors = config.rotary().factors(config.headWidth());
            entries.add(new GgufWriter.Entry("rope_freqs.weight", GgmlType.F32, new long[] {factors.length},
                    () -> new Tensor(new long[] {factors.length}, factors)));
        }
        int total = weights.shapes().size();
        weights.shapes().forEach((name, shape) -> {
            int place = entries.size();
            entries.add(new GgufWriter.Entry(GgufNames.of(name), stored(shape, type), shape, () -> {
                listener.progress(Math.min(place + 1, total), total);
                Tensor tensor = weights.read(name);
                return config.family().permutedInGguf() && GgufNames.rotated(name)
                        ? GgufNames.permuted(tensor, config.headWidth()) : tensor;
            }));
        });
        return entries;
    }

    private static GgmlType stored(long[] shape, GgmlType type) {
        if (shape.length == 1) {
            return GgmlType.F32;
        }
        return shape[shape.length - 1] % type.blockValues() == 0 ? type : GgmlType.F16;
    }
}
