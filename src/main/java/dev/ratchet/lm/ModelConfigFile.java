package dev.ratchet.lm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code config.json} and {@code generation_config.json}, in the spellings of transformers 4 and 5. */
final class ModelConfigFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelConfigFile() {
    }

    static ModelConfig read(Path folder) {
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

    /** A file that holds one JSON object. */
    static JsonNode json(Path file) {
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
        ModelFamily family = ModelFamily.of(config.path("model_type").asText(""));
        if (config.path("attention_bias").asBoolean(false)) {
            throw new ModelFormatException("attention_bias: biases of a " + family.type() + " are not supported.");
        }
        if (config.path("mlp_bias").asBoolean(false)) {
            throw new ModelFormatException("mlp_bias: biases in the feed-forward layers are not supported.");
        }
        JsonNode quantisation = config.path("quantization_config");
        if (quantisation.isObject()) {
            throw new ModelFormatException("quantization_config: weights quantised by '"
                    + quantisation.path("quant_method").asText("?") + "' are not supported.");
        }
        String activation = config.path("hidden_act").asText("silu");
        if (!activation.equals("silu")) {
            throw new ModelFormatException("hidden_act '" + activation + "' is not supported; only 'silu' is.");
        }
        int width = whole(config, "hidden_size");
        int heads = whole(config, "num_attention_heads");
        List<Integer> ends = tokens(config.path("eos_token_id"));
        tokens(generation.path("eos_token_id")).stream().filter(t -> !ends.contains(t)).forEach(ends::add);
        List<Integer> begins = tokens(config.path("bos_token_id"));
        List<Integer> pads = tokens(config.path("pad_token_id"));
        return new ModelConfig(whole(config, "vocab_size"), width, whole(config, "intermediate_size"),
                whole(config, "num_hidden_layers"), heads, keyValueHeads(config, family, heads),
                headWidth(config, family, width, heads), whole(config, "max_position_embeddings"),
                config.path("rms_norm_eps").asDouble(1e-6), rotary(config),
                config.path("tie_word_embeddings").asBoolean(false),
                config.path("initializer_range").asDouble(0.02), begins.isEmpty() ? -1 : begins.get(0), ends,
                pads.isEmpty() ? -1 : pads.get(0), family, window(config, family));
    }

    /** What transformers takes where a file leaves the number out. */
    private static int keyValueHeads(JsonNode config, ModelFamily family, int heads) {
        JsonNode own = config.path("num_key_value_heads");
        if (own.isNull()) {
            return heads;
        }
        return own.asInt(switch (family) {
            case LLAMA -> heads;
            case MISTRAL -> 8;
            case QWEN2, QWEN3 -> 32;
        });
    }

    private static int headWidth(JsonNode config, ModelFamily family, int width, int heads) {
        JsonNode own = config.path("head_dim");
        if (own.isMissingNode() && family == ModelFamily.QWEN3) {
            return 128;
        }
        return own.asInt(heads == 0 ? 0 : width / heads);
    }

    private static int window(JsonNode config, ModelFamily family) {
        return switch (family) {
            case LLAMA -> 0;
            case MISTRAL -> config.path("sliding_window").asInt(config.has("sliding_window") ? 0 : 4096);
            case QWEN2, QWEN3 -> config.path("use_sliding_window").asBoolean(false)
                    ? config.path("sliding_window").asInt(config.has("sliding_window") ? 0 : 4096) : 0;
        };
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
        for (JsonNode value : rope) {
            if (value.isObject()) {
                throw new ModelFormatException("rope_parameters differ between kinds of layers, which is not"
                        + " supported.");
            }
        }
        double share = rope.path("partial_rotary_factor").asDouble(config.path("partial_rotary_factor").asDouble(1));
        if (share != 1) {
            throw new ModelFormatException("partial_rotary_factor " + share + " is not supported; only 1 is.");
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
}
