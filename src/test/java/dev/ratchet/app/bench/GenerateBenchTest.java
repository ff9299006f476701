package dev.ratchet.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.tensor.StorageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateBenchTest {
    @Test
    void theLastLineIsJsonWithTheFiguresOfEachTypeOfWeights(@TempDir Path folder) throws IOException {
        Path saved = folder.resolve("model");
        try (LanguageModel model = TinyModel.create(folder, true, 1)) {
            model.save(saved, StorageType.FLOAT32);
        }
        PrintStream console = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new Bench()).execute("generate", "--model", saved.toString(), "--rounds", "1",
                    "--prompt", "3", "--tokens", "40", "--weights", "float32,bfloat16")).isZero();
        } finally {
            System.setOut(console);
        }
        String[] lines = written.toString(StandardCharsets.UTF_8).strip().split("\n");
        JsonNode figures = new ObjectMapper().readTree(lines[lines.length - 1]);
        assertThat(figures.get("copy_gbps").asDouble()).isPositive();
        // Two layers of attention and feed-forward, and the head, of four and of two bytes.
        assertThat(figures.at("/weights/float32/bytes_per_token").asLong())
                .isEqualTo(4 * (2 * (16 * 48 + 3 * 16 * 24) + 260 * 16));
        assertThat(figures.at("/weights/bfloat16/bytes_per_token").asLong())
                .isEqualTo(2 * (2 * (16 * 48 + 3 * 16 * 24) + 260 * 16));
        assertThat(figures.get("weights")).allSatisfy(each -> {
            assertThat(each.get("tokens_per_second").isNumber()).isTrue();
            assertThat(each.get("batch_tokens_per_second").isNumber()).isTrue();
        });
    }
}
