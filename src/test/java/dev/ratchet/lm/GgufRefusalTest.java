package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.GgmlType;
import dev.ratchet.tensor.GgufWriter;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GGUF file that is not a whole model of a known kind is refused in one line that names what is wrong. */
class GgufRefusalTest {
    @TempDir
    Path folder;
    private Map<String, Object> settings;
    private List<GgufWriter.Entry> tensors;

    @BeforeEach
    void aWholeModel() throws IOException {
        Path model = folder.resolve("model");
        try (LanguageModel tiny = TinyModel.create(model, true, 3)) {
            tiny.save(model, StorageType.FLOAT32);
        }
        StoredModel stored = StoredModel.open(model);
        settings = GgufExport.settings(stored, GgmlType.F32, "tiny");
        tensors = new ArrayList<>();
        stored.weights().shapes().forEach((name, shape) -> tensors.add(new GgufWriter.Entry(GgufNames.of(name),
                GgmlType.F32, shape, () -> stored.weights().read(name))));
    }

    private Path written() throws IOException {
        Path file = folder.resolve("odd.gguf");
        GgufWriter.write(file, settings, tensors);
        return file;
    }

    private void refused(String words) throws IOException {
        Path file = written();
        assertThatThrownBy(() -> LanguageModel.load(file, ComputeType.FLOAT32).close())
                .isInstanceOf(ModelFormatException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains("odd.gguf", words).doesNotContain("\n"));
    }

    private void refused(String key, Object value, String words) throws IOException {
        Object before = settings.get(key);
        if (value == null) {
            settings.remove(key);
        } else {
            settings.put(key, value);
        }
        refused(words);
        settings.remove(key);
        if (before != null) {
            settings.put(key, before);
        }
    }

    @Test
    void theWholeOneIsRead() throws IOException {
        try (LanguageModel model = LanguageModel.load(written(), ComputeType.FLOAT32)) {
            assertThat(model.config().layers()).isEqualTo(2);
        }
        // A folder may hold the file instead of safetensors, but not several.
        assertThat(StoredModel.open(folder)).isInstanceOf(GgufModel.class);
        Files.copy(folder.resolve("odd.gguf"), folder.resolve("even.gguf"));
        assertThatThrownBy(() -> StoredModel.open(folder)).hasMessageContaining("holds 2 GGUF files; name one");
    }

    @Test
    void settingsThatAreMissingOrUnknownAreNamed() throws IOException {
        refused("general.architecture", "bloom",
                "general.architecture 'bloom' is not supported; llama, qwen2, qwen3 are.");
        refused("general.architecture", null, "names no general.architecture");
        refused("general.architecture", 7, "has the setting general.architecture, which is no text");
        refused("llama.block_count", null, "lacks the setting llama.block_count");
        refused("llama.block_count", 3, "has no tensor blk.2.attn_q.weight");
        refused("llama.block_count", 1, "holds tensor blk.1.attn_q.weight, which a llama of this shape does not have");
        refused("llama.embedding_length", 17,
                "token_embd.weight with shape [260, 16], but its settings need [260, 17]");
        refused("llama.expert_count", 8, "mixture of experts");
        refused("llama.rope.scaling.type", "yarn", "rope.scaling.type 'yarn'");
        refused("llama.rope.dimension_count", 2, "llama.rope.dimension_count = 2");
        refused("llama.attention.layer_norm_rms_epsilon", null,
                "lacks the setting llama.attention.layer_norm_rms_epsilon");
        refused("split.count", 3, "is one of 3 parts");
    }

    @Test
    void weightsThatThisDecoderHasNoPlaceForAreNamed() throws IOException {
        tensors.add(new GgufWriter.Entry("blk.0.attn_q.bias", GgmlType.F32, new long[] {16},
                () -> new Tensor(new long[] {16}, new float[16])));
        refused("holds tensor blk.0.attn_q.bias, which a llama");
        tensors.set(tensors.size() - 1, new GgufWriter.Entry("rope_freqs.weight", GgmlType.F32, new long[] {2},
                () -> new Tensor(new long[] {2}, new float[] {3, 5})));
        refused("rope_freqs.weight) in a way that is not supported");
        tensors.remove(tensors.size() - 1);
        tensors.remove(3);
        refused("has no tensor blk.0.");
    }

    @Test
    void aTokenizerThatIsNotKnownIsNamed() throws IOException {
        refused("tokenizer.ggml.model", "bert", "tokenizer.ggml.model 'bert' is not supported; gpt2 and llama are.");
        refused("tokenizer.ggml.pre", "kimi-k2", "tokenizer.ggml.pre 'kimi-k2' is not supported");
        refused("tokenizer.ggml.tokens", null, "has 0 tokens in tokenizer.ggml.tokens, but 260 rows");
        refused("tokenizer.ggml.tokens", Collections.nCopies(260, "x"), "has the token 'x' twice");
        refused("tokenizer.ggml.merges", List.of("ab"), "the merge 'ab' is no pair");
        refused("tokenizer.ggml.merges", List.of("a notthere"), "tokenizer.json cannot be used");
        refused("tokenizer.ggml.token_type", new int[3], "260 tokens, but 3 token types");
        refused("tokenizer.ggml.bos_token_id", 5000, "bos_token_id is 5000, but there are 260 tokens");
        settings.put("tokenizer.ggml.model", "llama");
        refused("tokenizer.ggml.scores has 0 entries for 260 tokens");
    }

    @Test
    void aTruncatedFileIsRefusedBeforeItsWeightsAreRead() throws IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 64));
        assertThatThrownBy(() -> StoredModel.open(file)).isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("is truncated: tensor output_norm.weight");
    }
}
