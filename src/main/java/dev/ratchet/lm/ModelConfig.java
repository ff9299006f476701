package dev.ratchet.lm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a decoder, as a {@code config.json} of transformers 4 or 5 gives it.
 *
 * @param positions most positions that the model was made for
 * @param tied whether the output head is the embedding
 * @param beginToken -1 for none
 * @param endTokens tokens that end a reply; the first is the one that training appends
 * @param padToken -1 for none
 * @param slidingWindow how many tokens back a token sees, itself included; 0 where it sees all
 */
public record ModelConfig(int vocabularySize, int width, int feedForwardWidth, int layers, int heads,
        int keyValueHeads, int headWidth, int positions, double normEpsilon, RotaryScaling rotary, boolean tied,
        double initialiserRange, int beginToken, List<Integer> endTokens, int padToken, ModelFamily family,
        int slidingWindow) {
    private static final int MOST_LAYERS = 10_000;

    public ModelConfig {
        endTokens = List.copyOf(endTokens);
        positive("vocab_size", vocabularySize);
        positive("hidden_size", width);
        positive("intermediate_size", feedForwardWidth);
        positive("num_hidden_layers", layers);
        if (layers > MOST_LAYERS) {
            throw new ModelFormatException("num_hidden_layers is " + layers + ", but at most " + MOST_LAYERS
                    + " are read.");
        }
        positive("num_attention_heads", heads);
        positive("num_key_value_heads", keyValueHeads);
        positive("head_dim", headWidth);
        positive("max_position_embeddings", positions);
        if (slidingWindow < 0) {
            throw new ModelFormatException("sliding_window is " + slidingWindow + ", but must be positive.");
        }
        if (heads % keyValueHeads != 0) {
            throw new ModelFormatException("num_attention_heads (" + heads
                    + ") is not a multiple of num_key_value_heads (" + keyValueHeads + ").");
        }
        if (headWidth % 2 != 0) {
            throw new ModelFormatException("head_dim (" + headWidth + ") is odd; rotary positions need an even one.");
        }
    }

    /** A Llama, which sees all of its context. */
    public ModelConfig(int vocabularySize, int width, int feedForwardWidth, int layers, int heads, int keyValueHeads,
            int headWidth, int positions, double normEpsilon, RotaryScaling rotary, boolean tied,
            double initialiserRange, int beginToken, List<Integer> endTokens, int padToken) {
        this(vocabularySize, width, feedForwardWidth, layers, heads, keyValueHeads, headWidth, positions, normEpsilon,
                rotary, tied, initialiserRange, beginToken, endTokens, padToken, ModelFamily.LLAMA, 0);
    }

    /**
     * Most tokens of a prompt and its reply together: never more than the window, within which a model with one
     * computes exactly what it would without.
     */
    public int contextLength() {
        return slidingWindow == 0 ? positions : Math.min(positions, slidingWindow);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new ModelFormatException(name + " is " + value + ", but must be positive.");
        }
    }

    /**
     * A new decoder's shape with separate heads for keys and values where {@code keyValueHeads} is smaller.
     *
     * @param vocabularySize tokens that the tokenizer knows
     */
    public static ModelConfig llama(int vocabularySize, int width, int feedForwardWidth, int layers, int heads,
            int keyValueHeads, int contextLength, boolean tied, int beginToken, int endToken) {
        return new ModelConfig(vocabularySize, width, feedForwardWidth, layers, heads, keyValueHeads, width / heads,
                contextLength, 1e-5, RotaryScaling.plain(10000), tied, 0.02, beginToken, List.of(endToken), -1);
    }

    /**
     * Reads {@code config.json}, and the end tokens of {@code generation_config.json} where there is one.
     *
     * @throws ModelFormatException in one line, where the model is of another kind than {@link ModelFamily} lists
     */
    public static ModelConfig read(Path folder) {
        return ModelConfigFile.read(folder);
    }

    /** The {@code config.json} of this model, spelt so that transformers 4 and 5 both read it. */
    public ObjectNode toJson(StorageType storage) {
        return ModelConfigJson.config(this, storage);
    }

    /** The {@code generation_config.json} of this model. */
    public ObjectNode generationJson() {
        return ModelConfigJson.generation(this);
    }

    /** Names and shapes of the weights, in checkpoint order: first the matrices, which decay, then norms and biases. */
    public Map<String, long[]> weights() {
        Map<String, long[]> weights = new LinkedHashMap<>();
        weights.put("model.embed_tokens.weight", new long[] {vocabularySize, width});
        if (!tied) {
            weights.put("lm_head.weight", new long[] {vocabularySize, width});
        }
        for (int i = 0; i < layers; i++) {
            String layer = "model.layers." + i + ".";
            weights.put(layer + "self_attn.q_proj.weight", new long[] {(long) heads * headWidth, width});
            weights.put(layer + "self_attn.k_proj.weight", new long[] {(long) keyValueHeads * headWidth, width});
            weights.put(layer + "self_attn.v_proj.weight", new long[] {(long) keyValueHeads * headWidth, width});
            weights.put(layer + "self_attn.o_proj.weight", new long[] {width, (long) heads * headWidth});
            weights.put(layer + "mlp.gate_proj.weight", new long[] {feedForwardWidth, width});
            weights.put(layer + "mlp.up_proj.weight", new long[] {feedForwardWidth, width});
            weights.put(layer + "mlp.down_proj.weight", new long[] {width, feedForwardWidth});
        }
        for (int i = 0; i < layers; i++) {
            weights.put("model.layers." + i + ".input_layernorm.weight", new long[] {width});
            weights.put("model.layers." + i + ".post_attention_layernorm.weight", new long[] {width});
            putVectors(weights, "model.layers." + i + ".self_attn.");
        }
        weights.put("model.norm.weight", new long[] {width});
        return weights;
    }

    private void putVectors(Map<String, long[]> weights, String attention) {
        if (family.biases()) {
            weights.put(attention + "q_proj.bias", new long[] {(long) heads * headWidth});
            weights.put(attention + "k_proj.bias", new long[] {(long) keyValueHeads * headWidth});
            weights.put(attention + "v_proj.bias", new long[] {(long) keyValueHeads * headWidth});
        }
        if (family.queryKeyNorms()) {
            weights.put(attention + "q_norm.weight", new long[] {headWidth});
            weights.put(attention + "k_norm.weight", new long[] {headWidth});
        }
    }

    /** The number of weights. */
    public long parameters() {
        return weights().values().stream().mapToLong(Tensor::elements).sum();
    }
}
