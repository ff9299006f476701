package dev.ratchet.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.tensor.StorageType;

/** Writes {@code config.json} and {@code generation_config.json} so that transformers 4 and 5 both read them. */
final class ModelConfigJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelConfigJson() {
    }

    static ObjectNode config(ModelConfig config, StorageType storage) {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("architectures").add(config.family().architecture());
        RotaryScaling rotary = config.rotary();
        json.put("model_type", config.family().type()).put("hidden_size", config.width())
                .put("intermediate_size", config.feedForwardWidth()).put("num_hidden_layers", config.layers())
                .put("num_attention_heads", config.heads()).put("num_key_value_heads", config.keyValueHeads())
                .put("head_dim", config.headWidth()).put("vocab_size", config.vocabularySize())
                .put("max_position_embeddings", config.positions()).put("rms_norm_eps", config.normEpsilon())
                .put("rope_theta", rotary.theta()).put("hidden_act", "silu").put("attention_bias", false)
                .put("mlp_bias", false).put("tie_word_embeddings", config.tied())
                .put("initializer_range", config.initialiserRange()).put("torch_dtype", storage.dtype());
        putWindow(json, config);
        putRotary(json, rotary);
        putTokens(json, config);
        if (config.padToken() >= 0) {
            json.put("pad_token_id", config.padToken());
        }
        return json;
    }

    private static void putWindow(ObjectNode json, ModelConfig config) {
        boolean windowed = config.slidingWindow() > 0;
        switch (config.family()) {
            case LLAMA -> {
                return;
            }
            case MISTRAL -> {
            }
            case QWEN2, QWEN3 -> json.put("use_sliding_window", windowed).put("max_window_layers",
                    windowed ? 0 : config.layers());
        }
        if (windowed) {
            json.put("sliding_window", config.slidingWindow());
        } else {
            json.putNull("sliding_window");
        }
    }

    private static void putRotary(ObjectNode json, RotaryScaling rotary) {
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
    }

    static ObjectNode generation(ModelConfig config) {
        ObjectNode json = JSON.createObjectNode();
        putTokens(json, config);
        return json;
    }

    private static void putTokens(ObjectNode json, ModelConfig config) {
        if (config.beginToken() >= 0) {
            json.put("bos_token_id", config.beginToken());
        }
        if (config.endTokens().size() == 1) {
            json.put("eos_token_id", config.endTokens().get(0));
        } else if (!config.endTokens().isEmpty()) {
            json.set("eos_token_id", JSON.valueToTree(config.endTokens()));
        }
    }
}
