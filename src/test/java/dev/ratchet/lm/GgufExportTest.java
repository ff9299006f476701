package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.GgmlType;
import dev.ratchet.tensor.Gguf;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for llama.cpp is read back as the same model. */
class GgufExportTest {
    private static final List<String> ODD = List.of("Hello world", " Grüße, 世界 🙂", "x = 3.14159;\n\treturn  x",
            "<s>hi</s>", "1234567890 ½ ﬁ", "   three   spaces   ", "\n\n", "I'll 'RE you");

    @TempDir
    Path folder;

    private Path written(Path model, GgmlType type) throws IOException {
        Path file = folder.resolve(type + ".gguf");
        GgufExport.write(StoredModel.open(model), file, type, "tiny", ProgressListener.SILENT);
        return file;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void float32KeepsEveryWeightAndTheTokenizer(boolean tied) throws IOException {
        Path model = folder.resolve("model");
        try (LanguageModel tiny = TinyModel.create(model, tied, 3)) {
            tiny.save(model, StorageType.FLOAT32);
            try (LanguageModel read = LanguageModel.load(written(model, GgmlType.F32), ComputeType.FLOAT32)) {
                assertThat(read.config()).usingRecursiveComparison().ignoringFields("initialiserRange")
                        .isEqualTo(tiny.config());
                Map<String, Tensor> weights = read.decoder().tensors();
                tiny.decoder().tensors().forEach((name, tensor) ->
                        assertThat(weights.get(name).values()).as(name).isEqualTo(tensor.values()));
                for (String text : ODD) {
                    assertThat(read.tokenizer().encode(text)).isEqualTo(tiny.tokenizer().encode(text));
                }
                List<Message> chat = List.of(Message.user("Hello </s> there"));
                assertThat(read.prompt(chat)).isEqualTo(tiny.prompt(chat));
            }
        }
    }

    @Test
    void aSentencePieceModelWritesTheSameTextInEveryType() throws IOException {
        Path stories = Shared.path("models/stories260k");
        Sampling greedy = Sampling.greedy(60);
        int[] prompt;
        String known;
        try (LanguageModel model = LanguageModel.load(stories, ComputeType.FLOAT32)) {
            prompt = model.prompt(List.of(Message.user("Once upon a time, Lily found a red ball")));
            known = model.generateTokens(List.of(prompt), greedy, ProgressListener.SILENT).get(0).text();
            for (GgmlType type : List.of(GgmlType.F32, GgmlType.F16, GgmlType.BF16, GgmlType.Q8_0)) {
                Path file = written(stories, type);
                try (LanguageModel read = LanguageModel.load(file, ComputeType.FLOAT32)) {
                    assertThat(read.config().endTokens()).isEqualTo(model.config().endTokens());
                    assertThat(read.prompt(List.of(Message.user("Once upon a time, Lily found a red ball"))))
                            .isEqualTo(prompt);
                    for (String text : ODD) {
                        assertThat(read.tokenizer().encode(text)).isEqualTo(model.tokenizer().encode(text));
                    }
                    String own = read.generateTokens(List.of(prompt), greedy, ProgressListener.SILENT).get(0).text();
                    assertThat(own.substring(0, 40)).as(type.name()).isEqualTo(known.substring(0, 40));
                    if (type == GgmlType.F32 || type == GgmlType.F16) {
                        assertThat(own).as(type.name()).isEqualTo(known);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-tied", "llama3-scaled-rope-gqa", "llama-linear-rope", "mistral", "qwen2-bias",
            "qwen3-qk-norm", "qwen3-sharded-bf16"})
    void everyFamilyIsReadBackWithTheSameLogits(String name) throws IOException {
        Path network = Shared.path("golden/reference/networks/" + name);
        Path model = folder.resolve(name);
        Files.createDirectories(model);
        try (Stream<Path> files = Files.list(network)) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        TinyModel.tokenizer(model);
        Row row = new Row(TinyModel.tokens(new Random(1), 9), List.of(TinyModel.tokens(new Random(2), 30)));
        try (LanguageModel original = LanguageModel.load(model, ComputeType.FLOAT32);
                LanguageModel read = LanguageModel.load(written(model, GgmlType.F32), ComputeType.FLOAT32)) {
            assertThat(read.decoder().logits(List.of(row), ComputeType.FLOAT32))
                    .isEqualTo(original.decoder().logits(List.of(row), ComputeType.FLOAT32));
            assertThat(read.config().rotary()).isEqualTo(original.config().rotary());
            Path back = folder.resolve(name + "-again");
            ModelFolder.write(StoredModel.open(model), back, StorageType.FLOAT32, ProgressListener.SILENT);
            assertThat(ModelConfig.read(back)).isEqualTo(original.config());
        }
    }

    @Test
    void matricesWhoseRowsFillNoBlockStayHalves() throws IOException {
        Path model = folder.resolve("model");
        try (LanguageModel tiny = TinyModel.create(model, true, 3)) {
            tiny.save(model, StorageType.FLOAT32);
        }
        Gguf file = Gguf.open(written(model, GgmlType.Q8_0));
        assertThat(file.type("blk.0.attn_q.weight")).isEqualTo(GgmlType.F16);
        assertThat(file.type("blk.0.attn_norm.weight")).isEqualTo(GgmlType.F32);
    }

    @Test
    void aTokenizerThatLlamaCppDoesNotKnowIsRefused() throws IOException {
        Path model = folder.resolve("model");
        try (LanguageModel tiny = TinyModel.create(model, true, 3)) {
            tiny.save(model, StorageType.FLOAT32);
        }
        Path tokenizer = model.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("\"add_prefix_space\": false",
                "\"add_prefix_space\": true"));
        assertThatThrownBy(() -> written(model, GgmlType.F16)).isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("llama.cpp has no name for its pre_tokenizer");
        assertThat(folder.resolve("F16.gguf")).doesNotExist();
        assertThatThrownBy(() -> written(model, GgmlType.Q4_K)).hasMessageContaining("not written as Q4_K");
    }
}
