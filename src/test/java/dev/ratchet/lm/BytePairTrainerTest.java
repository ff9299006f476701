package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainerTest {

    private static final List<String> TEXTS = List.of("the parcel is late", "the parcel is lost", "the late parcel",
            "Where's the parcel? It isn't here.", "10 dollars, 20 dollars");

    @TempDir
    Path folder;

    @Test
    void anyTextComesBackFromItsTokens() throws Exception {
        BytePairTrainer.train(TEXTS, 300, 256, folder);
        try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
            for (String text : List.of("the parcel is late", " two  spaces\n\ttab ", "naïve café, 日本語 🚚👩‍💻", "عربى",
                    "\u00a0\u0001\u007f", "don't 'll 123abc!?", "a", "")) {
                assertThat(tokenizer.decode(tokenizer.encode(text, false, false).getIds(), false)).isEqualTo(text);
            }
        }
    }

    @Test
    void frequentWordsBecomeOneToken() throws Exception {
        BytePairTrainer.train(TEXTS, 300, 256, folder);
        try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
            assertThat(tokenizer.encode("the parcel", false, false).getTokens()).containsExactly("the", "Ġparcel");
        }
    }

    @Test
    void specialTokensHaveTheFirstIds() throws Exception {
        BytePairTrainer.train(TEXTS, 280, 256, folder);
        try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
            assertThat(tokenizer.encode("<|user|>hi<|end|><|assistant|>", false, false).getIds())
                    .startsWith(1).endsWith(4, 2);
            assertThat(tokenizer.encode(String.join("", BytePairTrainer.SPECIAL_TOKENS), false, false).getIds())
                    .containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void theSameTextsGiveTheSameFiles(@TempDir Path other) throws Exception {
        assertThat(BytePairTrainer.train(TEXTS, 290, 256, folder)).isEqualTo(290);
        BytePairTrainer.train(TEXTS, 290, 256, other);
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            assertThat(Files.readString(folder.resolve(name))).isEqualTo(Files.readString(other.resolve(name)));
        }
    }

    @Test
    void aVocabularyWithoutRoomForTheBytesIsRefused() {
        assertThatThrownBy(() -> BytePairTrainer.train(TEXTS, 260, 256, folder))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least 261");
    }

    @Test
    void textsWithFewPairsGiveFewerTokens() throws Exception {
        assertThat(BytePairTrainer.train(List.of("ab"), 1_000, 256, folder)).isEqualTo(262);
    }

    private static HuggingFaceTokenizer tokenizer(Path folder) throws Exception {
        System.setProperty("OPT_OUT_TRACKING", "true");
        return HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"));
    }
}
