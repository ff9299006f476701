package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterTest {
    static final ModelConfig CONFIG = ModelConfig.llama(260, 16, 24, 2, 4, 2, 64, false, 256, 257);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOWN = "model.layers.1.mlp.down_proj";

    @TempDir
    private Path folder;

    /** An adapter whose B is random too, so that it changes something. */
    static Adapter random(ModelConfig config, LoraSpec spec, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Adapter.create(config, spec, seed, "base").weights().forEach((name, tensor) -> {
            float[] values = new float[tensor.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * 0.3);
            }
            weights.put(name, new Tensor(tensor.shape(), values));
        });
        return new Adapter("base", spec, weights);
    }

    private static LoraSpec patterned() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("down_proj", 3);
        return new LoraSpec(4, 8, 0.1, true, ModuleFilter.named("q_proj", "down_proj"), ModuleFilter.NONE, List.of(1),
                ranks, Map.of("down_proj", 1.5));
    }

    @Test
    void aNewAdapterIsSpreadAsPeftSpreadsItAndChangesNothing() {
        Adapter adapter = Adapter.create(CONFIG, new LoraSpec(8, 16), 5, null);
        Tensor a = adapter.weights().get(DOWN + Adapter.A);
        assertThat(a.shape()).containsExactly(8, 24);
        double bound = 1 / Math.sqrt(24);
        double squares = 0;
        for (float value : a.values()) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
            squares += value * value;
        }
        assertThat(Math.sqrt(squares / a.values().length)).isCloseTo(bound / Math.sqrt(3), within(0.03));
        assertThat(adapter.weights().get(DOWN + Adapter.B).values()).hasSize(16 * 8).containsOnly(0);
        assertThat(Adapter.create(CONFIG, new LoraSpec(8, 16), 5, null).weights().get(DOWN + Adapter.A).values())
                .isEqualTo(a.values());
        Tensor base = new Tensor(new long[] {16, 24}, random(16 * 24));
        assertThat(adapter.merge(DOWN + ".weight", base).values()).isEqualTo(base.values());
    }

    private static float[] random(int count) {
        Random random = new Random(1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void mergingAddsTheScaledProductAndUnmergingTakesItOut() {
        LoraSpec spec = new LoraSpec(2, 3, 0, ModuleFilter.named("down_proj"));
        Adapter adapter = random(CONFIG, spec, 4);
        Tensor base = new Tensor(new long[] {16, 24}, random(16 * 24));
        Tensor merged = adapter.merge(DOWN + ".weight", base);
        float[] a = adapter.weights().get(DOWN + Adapter.A).values();
        float[] b = adapter.weights().get(DOWN + Adapter.B).values();
        double expected = base.values()[5 * 24 + 7] + 1.5 * (b[10] * a[7] + b[11] * a[24 + 7]);
        assertThat((double) merged.values()[5 * 24 + 7]).isCloseTo(expected, within(1e-6));
        float[] again = adapter.unmerge(DOWN + ".weight", merged).values();
        for (int i = 0; i < again.length; i++) {
            assertThat(again[i]).isCloseTo(base.values()[i], within(1e-6f));
        }
        assertThat(adapter.changes(DOWN + ".weight")).isTrue();
        assertThat(adapter.changes("model.norm.weight")).isFalse();
    }

    @Test
    void anAdapterReadIsTheOneThatWasWritten() throws IOException {
        Adapter adapter = random(CONFIG, patterned(), 9);
        AdapterFolder.write(folder, adapter, CONFIG, StorageType.FLOAT32);
        Adapter read = AdapterFolder.read(folder, CONFIG);
        assertThat(read.spec()).isEqualTo(adapter.spec());
        assertThat(read.base()).isEqualTo("base");
        assertThat(read.weights()).containsOnlyKeys(adapter.weights().keySet());
        adapter.weights().forEach((name, tensor) ->
                assertThat(read.weights().get(name).values()).isEqualTo(tensor.values()));
        assertThat(AdapterFolder.is(folder)).isTrue();
        assertThat(AdapterFolder.base(folder)).isEqualTo("base");
    }

    @Test
    void theFilesUsePeftsNames() throws IOException {
        AdapterFolder.write(folder, random(CONFIG, patterned(), 9), CONFIG, StorageType.FLOAT32);
        assertThat(Safetensors.open(folder.resolve("adapter_model.safetensors")).names()).containsExactly(
                "base_model.model.model.layers.1.mlp.down_proj.lora_A.weight",
                "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight",
                "base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight",
                "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight");
        JsonNode json = JSON.readTree(folder.resolve("adapter_config.json").toFile());
        assertThat(json.path("peft_type").asText()).isEqualTo("LORA");
        assertThat(json.path("lora_alpha").isInt()).isTrue();
        assertThat(json.path("task_type").asText()).isEqualTo("CAUSAL_LM");
    }

    @Test
    void everyLinearModuleIsSpelledOutInTheFile() throws IOException {
        AdapterFolder.write(folder, random(CONFIG, new LoraSpec(2, 4), 9), CONFIG, StorageType.BFLOAT16);
        assertThat(JSON.readTree(folder.resolve("adapter_config.json").toFile()).path("target_modules").toString())
                .isEqualTo("[\"down_proj\",\"gate_proj\",\"k_proj\",\"o_proj\",\"q_proj\",\"up_proj\",\"v_proj\"]");
        assertThat(AdapterFolder.read(folder, CONFIG).weights()).hasSize(2 * 7 * 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "use_dora | true | use_dora is not supported",
        "bias | \"all\" | bias 'all' is not supported; only 'none' is",
        "fan_in_fan_out | true | fan_in_fan_out is not supported",
        "modules_to_save | [\"lm_head\"] | modules_to_save [\"lm_head\"] is not supported",
        "lora_bias | true | lora_bias is not supported",
        "peft_type | \"IA3\" | peft_type 'IA3' is not supported; only LORA is",
        "task_type | \"SEQ_2_SEQ_LM\" | task_type 'SEQ_2_SEQ_LM' is not supported",
        "init_lora_weights | \"pissa\" | init_lora_weights 'pissa' is not supported",
        "layer_replication | [[0, 1]] | layer_replication is not supported",
        "layers_pattern | [\"h\"] | layers_pattern is not supported",
        "trainable_token_indices | [1] | trainable_token_indices is not supported",
        "something_new | 3 | something_new is not supported",
        "r | 0 | ranks must be at least 1",
        "r | 5 | needs [5, 16]",
        "r | 2.5 | r is 2.5, but must be a whole number",
        "lora_alpha | \"16\" | lora_alpha is \"16\", but must be a number",
        "rank_pattern | {\"q_proj\": true} | q_proj is true, but must be a number",
        "target_modules | \".*.*.*.*.*.*.*X\" | A regular expression takes too long",
        "target_modules | null | target modules are missing",
        "target_modules | [\"q_proj\"] | holds base_model.model.model.layers.1.mlp.down_proj.lora_A.weight",
        "rank_pattern | {\"(\": 3} | '(' is no regular expression"})
    void whatIsNotSupportedIsRefusedByName(String key, String value, String reason) throws IOException {
        AdapterFolder.write(folder, random(CONFIG, patterned(), 9), CONFIG, StorageType.FLOAT32);
        Path file = folder.resolve("adapter_config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        json.set(key, JSON.readTree(value));
        JSON.writeValue(file.toFile(), json);
        assertThatThrownBy(() -> AdapterFolder.read(folder, CONFIG)).isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(folder.toString()).hasMessageContaining(reason);
    }

    @Test
    void aPickleAndMissingFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> AdapterFolder.read(folder, CONFIG))
                .hasMessageContaining("adapter_config.json is missing");
        AdapterFolder.write(folder, random(CONFIG, patterned(), 9), CONFIG, StorageType.FLOAT32);
        Files.delete(folder.resolve("adapter_model.safetensors"));
        assertThatThrownBy(() -> AdapterFolder.read(folder, CONFIG)).isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("adapter_model.safetensors is missing");
        Files.write(folder.resolve("adapter_model.bin"), new byte[] {1});
        assertThatThrownBy(() -> AdapterFolder.read(folder, CONFIG)).hasMessageContaining("is a pickle");
    }
}
