package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.tensor.Gguf;
import dev.ratchet.tensor.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is cut as llama.cpp cuts it, by the name alone that a GGUF file gives. */
class GgufPreTokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SMOLLM2 = "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"smollm", "llama-bpe", "qwen2", "tekken", "default"})
    void idsAreThoseOfLlamaCpp(String name) throws IOException {
        Gguf real = Gguf.open(Shared.path(SMOLLM2));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("tokenizer.ggml.model", "gpt2");
        settings.put("tokenizer.ggml.pre", name);
        settings.put("tokenizer.ggml.tokens", real.texts("tokenizer.ggml.tokens"));
        settings.put("tokenizer.ggml.merges", real.texts("tokenizer.ggml.merges"));
        settings.put("tokenizer.ggml.token_type",
                Arrays.stream(real.numbers("tokenizer.ggml.token_type")).mapToInt(t -> (int) t).toArray());
        Path file = folder.resolve("vocabulary.gguf");
        GgufWriter.write(file, settings, List.of());
        for (Map.Entry<String, byte[]> entry : GgufVocabulary.files(Gguf.open(file)).entrySet()) {
            Files.write(folder.resolve(entry.getKey()), entry.getValue());
        }
        JsonNode known = JSON.readTree(Path.of("src/test/resources/lm/pre-tokenizers.json").toFile());
        List<int[]> expected = new ArrayList<>();
        List<int[]> own = new ArrayList<>();
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            for (int i = 0; i < known.path("texts").size(); i++) {
                expected.add(JSON.convertValue(known.path("ids").path(name).path(i), int[].class));
                own.add(tokenizer.encode(known.path("texts").path(i).asText()));
            }
        }
        assertThat(own).usingRecursiveComparison().isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSpeltIsRecognisedAgain(GgufPreTokenizer pre) {
        var tokenizer = JSON.createObjectNode();
        pre.write(tokenizer, tokenizer.putObject("model"));
        assertThat(GgufPreTokenizer.of(tokenizer)).contains(pre);
        assertThat(GgufPreTokenizer.of(pre.ggufName())).isEqualTo(pre);
    }

    @Test
    void aTokenizerBesideTheFileIsTakenWhereItsVocabularyIsTheSame() throws IOException {
        TinyModel.tokenizer(folder);
        ModelConfig config = ModelConfig.llama(TinyModel.VOCABULARY, 16, 24, 2, 4, 2, 64, true, 256, 257);
        Path beside = folder.resolve("tokenizer.json");
        byte[] own = Files.readAllBytes(beside);
        Map<String, Object> settings = GgufTokenizerSettings.of(config, Map.of("tokenizer.json", own));
        Path file = folder.resolve("vocabulary.gguf");
        GgufWriter.write(file, settings, List.of());
        assertThat(GgufVocabulary.files(Gguf.open(file)).get("tokenizer.json")).isEqualTo(own);

        Files.writeString(beside, Files.readString(beside).replace("<|user|>", "<|human|>"));
        assertThat(new String(GgufVocabulary.files(Gguf.open(file)).get("tokenizer.json"), "UTF-8"))
                .contains("<|user|>").doesNotContain("<|human|>");
    }
}
