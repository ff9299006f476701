package dev.ratchet.lm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a Llama-family decoder, as a {@code config.json} of transformers 4 or 5 gives it.
 *
 * @param contextLength most tokens of a prompt and its reply together
 * @param tied whether the output head is the embedding
 * @param beginToken -1 for none
 * @param endTokens tokens that end a reply; the first is the one that training appends
 * @param padToken -1 for none
 */
public record ModelConfig(int vocabularySize, int width, int feedForwardWidth, int layers, int heads,
        int keyValueHeads, int headWidth, int contextLength, double normEpsilon, RotaryScaling rotary, boolean tied,
        double initialiserRange, int beginToken, List<Integer> endTokens, int padToken) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public ModelConfig {
        endTokens = List.copyOf(endTokens);
        positive("vocab_size", vocabularySize);
        positive("hidden_size", width);
        positive("intermediate_size", feedForwardWidth);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", heads);
        positive("num_key_value_heads", keyValueHeads);
        positive("head_dim", headWidth);
        positive("max_position_embeddings", contextLength);
        if (heads % keyValueHeads != 0) {
            throw new ModelFormatException("num_attention_heads (" + heads
                    + ") is not a multiple of num_key_value_heads (" + keyValueHeads + ").");
        }
        if (headWidth % 2 != 0) {
            throw new ModelFormatException("head_dim (" + headWidth + ") is odd; rotary positions need an even one.");
        }
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

    /** Reads {@code config.json}, and the end tokens of {@code generation_config.json} where there is one. */
    public static ModelConfig read(Path folder) {
        Path file = folder.resolve("config.json");
        JsonNode config = json(file);
        try {
            JsonNode generation = JSON.createObjectNode();
            if (Files.exists(folder.resolve("generation_config.json"))) {
                generation = json(folder.resolve("generation_config.json"));
            }
            return parse(config, generation);
        } catch (ModelFormatException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (node == null || !node.isObject()) {
                throw new ModelFormatException(file + " is no JSON object.");
            }
            return node;
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(file + " is missing.", e);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static ModelConfig parse(JsonNode config, JsonNode generation) {
        String type = config.path("model_type").asText("");
        if (!type.equals("llama")) {
            throw new ModelFormatException("model_type '" + type + "' is not supported; only 'llama' is.");
        }
        refuse(config, "attention_bias", "biases in attention");
        refuse(config, "mlp_bias", "biases in the feed-forward layers");
        refuse(config, "quantization_config", "quantised weights");
        String activation = config.path("hidden_act").asText("silu");
        if (!activation.equals("silu")) {
            throw new ModelFormatException("hidden_act '" + activation + "' is not supported; only 'silu' is.");
        }
        int width = whole(config, "hidden_size");
        int heads = whole(config, "num_attention_heads");
        List<Integer> ends = tokens(generation.path("eos_token_id"));
        List<Integer> own = tokens(config.path("eos_token_id"));
        List<Integer> all = new ArrayList<>(own);
        ends.stream().filter(t -> !all.contains(t)).forEach(all::add);
        List<Integer> begins = tokens(config.path("bos_token_id"));
        List<Integer> pads = tokens(config.path("pad_token_id"));
        return new ModelConfig(whole(config, "vocab_size"), width, whole(config, "intermediate_size"),
                whole(config, "num_hidden_layers"), heads, config.path("num_key_value_heads").asInt(heads),
                config.path("head_dim").asInt(heads == 0 ? 0 : width / heads), whole(config, "max_position_embeddings"),
                config.path("rms_norm_eps").asDouble(1e-6), rotary(config),
                config.path("tie_word_embeddings").asBoolean(false),
                config.path("initializer_range").asDouble(0.02), begins.isEmpty() ? -1 : begins.get(0), all,
                pads.isEmpty() ? -1 : pads.get(0));
    }

    private static void refuse(JsonNode config, String key, String what) {
        JsonNode value = config.path(key);
        if (value.isObject() || value.asBoolean(false)) {
            throw new ModelFormatException(key + ": " + what + " are not supported.");
        }
    }

    private static int whole(JsonNode config, String key) {
        JsonNode value = config.path(key);
        if (!value.isInt()) {
            throw new ModelFormatException(key + (value.isMissingNode() ? " is missing." : " is no whole number."));
        }
        return value.asInt();
    }

    private static List<Integer> tokens(JsonNode node) {
        List<Integer> tokens = new ArrayList<>();
        if (node.isInt()) {
            tokens.add(node.asInt());
        }
        node.forEach(item -> tokens.add(item.asInt()));
        return tokens;
    }

    /** transformers 4 writes {@code rope_theta} and {@code rope_scaling}, transformers 5 {@code rope_parameters}. */
    private static RotaryScaling rotary(JsonNode config) {
        JsonNode rope = config.path("rope_parameters");
        if (!rope.isObject()) {
            rope = config.path("rope_scaling");
        }
        double theta = rope.path("rope_theta").asDouble(config.path("rope_theta").asDouble(10000));
        String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
        return switch (type) {
            case "default" -> RotaryScaling.plain(theta);
            case "linear" -> new RotaryScaling(type, theta, number(rope, "factor"), 1, 1, 0);
            case "llama3" -> new RotaryScaling(type, theta, number(rope, "factor"), number(rope, "low_freq_factor"),
                    number(rope, "high_freq_factor"), (int) number(rope, "original_max_position_embeddings"));
            default -> throw new ModelFormatException("rope_type '" + type
                    + "' is not supported; default, linear and llama3 are.");
        };
    }

    private static double number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isNumber() || value.asDouble() <= 0) {
            throw new ModelFormatException("the rope parameter " + key + " is missing or not positive.");
        }
        return value.asDouble();
    }

    /** The {@code config.json} of this model, spelt so that transformers 4 and 5 both read it. */
    public ObjectNode toJson(StorageType storage) {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("architectures").add("LlamaForCausalLM");
        json.put("model_type", "llama").put("hidden_size", width).put("intermediate_size", feedForwardWidth)
                .put("num_hidden_layers", layers).put("num_attention_heads", heads)
                .put("num_key_value_heads", keyValueHeads).put("head_dim", headWidth)
                .put("vocab_size", vocabularySize).put("max_position_embeddings", contextLength)
                .put("rms_norm_eps", normEpsilon).put("rope_theta", rotary.theta()).put("hidden_act", "silu")
                .put("attention_bias", false).put("mlp_bias", false).put("tie_word_embeddings", tied)
                .put("initializer_range", initialiserRange).put("torch_dtype", storage.dtype());
        ObjectNode parameters = json.putObject("rope_parameters").put("rope_theta", rotary.theta())
                .put("rope_type", rotary.type());
        if (!rotary.type().equals("default")) {
            parameters.put("factor", rotary.factor());
        }
        if (rotary.type().equals("llama3")) {
            parameters.put("low_freq_factor", rotary.lowFrequencyFactor())
                    .put("high_freq_factor", rotary.highFrequencyFactor())
                    .put("original_max_position_embeddings", rotary.originalContext());
        }
        if (!rotary.type().equals("default")) {
            json.set("rope_scaling", parameters.deepCopy());
        }
        if (beginToken >= 0) {
            json.put("bos_token_id", beginToken);
        }
        putEnds(json);
        if (padToken >= 0) {
            json.put("pad_token_id", padToken);
        }
        return json;
    }

    /** The {@code generation_config.json} of this model. */
    public ObjectNode generationJson() {
        ObjectNode json = JSON.createObjectNode();
        if (beginToken >= 0) {
            json.put("bos_token_id", beginToken);
        }
        putEnds(json);
        return json;
    }

    private void putEnds(ObjectNode json) {
        if (endTokens.size() == 1) {
            json.put("eos_token_id", endTokens.get(0));
        } else if (!endTokens.isEmpty()) {
            json.set("eos_token_id", JSON.valueToTree(endTokens));
        }
    }

    /** Names and shapes of the weights, in checkpoint order: first the matrices, which decay, then the norms. */
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
        }
        weights.put("model.norm.weight", new long[] {width});
        return weights;
    }

    /** The number of weights. */
    public long parameters() {
        return weights().values().stream().mapToLong(dev.ratchet.tensor.Tensor::elements).sum();
    }
}
