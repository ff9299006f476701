package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.tensor.StorageType;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a configuration leaves out means what transformers takes it to mean; what it asks for too much is refused. */
class ModelConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode config(String type) {
        return JSON.createObjectNode().put("model_type", type).put("hidden_size", 64).put("intermediate_size", 96)
                .put("num_hidden_layers", 2).put("num_attention_heads", 32).put("vocab_size", 300)
                .put("max_position_embeddings", 8192);
    }

    private static ModelConfig read(String type, Consumer<ObjectNode> change) {
        ObjectNode config = config(type);
        change.accept(config);
        return ModelConfigFile.parse(config, JSON.createObjectNode());
    }

    @Test
    void whatIsLeftOutIsTheFamilysDefault() {
        assertThat(read("llama", c -> { }).keyValueHeads()).isEqualTo(32);
        assertThat(read("mistral", c -> { }).keyValueHeads()).isEqualTo(8);
        assertThat(read("qwen3", c -> { }).headWidth()).isEqualTo(128);
        assertThat(read("qwen2", c -> { }).headWidth()).isEqualTo(2);
        assertThat(read("llama", c -> c.putNull("head_dim").putNull("rope_scaling")).headWidth()).isEqualTo(2);
    }

    @Test
    void aSlidingWindowBoundsTheContextAndStaysInTheFile() {
        ModelConfig mistral = read("mistral", c -> c.put("sliding_window", 1024));
        assertThat(mistral.contextLength()).isEqualTo(1024);
        assertThat(mistral.positions()).isEqualTo(8192);
        assertThat(mistral.toJson(StorageType.FLOAT32).path("sliding_window").asInt()).isEqualTo(1024);
        assertThat(mistral.toJson(StorageType.FLOAT32).path("max_position_embeddings").asInt()).isEqualTo(8192);
        assertThat(read("mistral", c -> { }).contextLength()).isEqualTo(4096);
        assertThat(read("mistral", c -> c.putNull("sliding_window")).contextLength()).isEqualTo(8192);
        assertThat(read("qwen2", c -> c.put("sliding_window", 1024)).contextLength()).isEqualTo(8192);
        assertThat(read("qwen2", c -> c.put("sliding_window", 1024).put("use_sliding_window", true)).contextLength())
                .isEqualTo(1024);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgain(ModelFamily family) {
        ModelConfig config = read(family.type(), c -> {
            c.put("sliding_window", 512).put("use_sliding_window", true).put("bos_token_id", 1).put("pad_token_id", 0)
                    .put("tie_word_embeddings", true).put("rope_theta", 5e5).put("num_key_value_heads", 4);
            c.putArray("eos_token_id").add(2).add(7);
            c.putObject("rope_scaling").put("rope_type", "llama3").put("factor", 8).put("low_freq_factor", 1)
                    .put("high_freq_factor", 4).put("original_max_position_embeddings", 64);
        });
        ObjectNode written = config.toJson(StorageType.BFLOAT16);
        assertThat(ModelConfigFile.parse(written, config.generationJson())).isEqualTo(config);
        assertThat(written.at("/architectures/0").asText()).isEqualTo(family.architecture());
    }

    @Test
    void biasesAndNormsAreWeightsOfTheirFamilies() {
        assertThat(read("qwen2", c -> { }).weights()).containsKey("model.layers.1.self_attn.k_proj.bias")
                .doesNotContainKey("model.layers.1.self_attn.o_proj.bias");
        assertThat(read("qwen3", c -> { }).weights().get("model.layers.0.self_attn.q_norm.weight"))
                .containsExactly(128);
        assertThat(read("llama", c -> { }).weights().keySet())
                .noneMatch(n -> n.contains("bias") || n.contains("q_norm"));
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        refused("gemma2", c -> { }, "model_type 'gemma2' is not supported; llama, mistral, qwen2, qwen3 are.");
        refused("llama", c -> c.put("attention_bias", true), "attention_bias");
        refused("llama", c -> c.put("mlp_bias", true), "mlp_bias");
        refused("llama", c -> c.put("hidden_act", "gelu"), "hidden_act 'gelu'");
        refused("llama", c -> c.putObject("quantization_config").put("quant_method", "gptq"), "quantised by 'gptq'");
        refused("llama", c -> c.putObject("rope_scaling").put("type", "dynamic"), "rope_type 'dynamic'");
        refused("qwen2", c -> c.putObject("rope_scaling").put("type", "yarn"), "rope_type 'yarn'");
        refused("llama", c -> c.put("partial_rotary_factor", 0.5), "partial_rotary_factor 0.5");
        refused("llama", c -> c.putObject("rope_parameters").putObject("full_attention").put("rope_theta", 1),
                "differ between kinds of layers");
        refused("llama", c -> c.put("num_hidden_layers", 2_000_000_000), "num_hidden_layers is 2000000000");
        refused("llama", c -> c.put("num_key_value_heads", 5), "is not a multiple");
        refused("llama", c -> c.put("head_dim", 3), "head_dim (3) is odd");
        refused("mistral", c -> c.put("sliding_window", -5), "sliding_window is -5");
    }

    private static void refused(String type, Consumer<ObjectNode> change, String words) {
        assertThatThrownBy(() -> read(type, change)).isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(words);
    }
}
