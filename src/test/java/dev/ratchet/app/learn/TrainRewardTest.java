package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainRewardTest {
    @TempDir
    Path folder;

    private Path model;
    private Path data;

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("model");
        try (var tiny = TinyModel.create(folder.resolve("tokenizer"), true, 1)) {
            tiny.save(model, StorageType.FLOAT32);
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add(pair("Human: q" + i, "good", "bad"));
        }
        data = Files.write(folder.resolve("pairs.jsonl"), lines);
    }

    private static String pair(String turn, String chosen, String rejected) {
        return ("{\"chosen\": \"\\n\\n%s\\n\\nAssistant: %s\", \"rejected\": \"\\n\\n%1$s\\n\\nAssistant: %s\"}")
                .formatted(turn, chosen, rejected);
    }

    private Verb train(Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("reward", "--model", model, "--data", data, "--out", out,
                "--compute", "float32", "--threads", "1", "--learning-rate", "1e-2", "--batch-size", "4"));
        words.addAll(List.of(more));
        return Verb.run(new Train(), words.toArray());
    }

    private JsonNode record(Path out) throws IOException {
        return new ObjectMapper().readTree(out.resolve("training.json").toFile());
    }

    @Test
    void learnsFromAFileAndRecordsWhatItDid() throws IOException {
        Path out = folder.resolve("reward");

        Verb verb = train(out, "--held-out", "0.2", "--epochs", "2", "--evaluate-every", "5");

        assertThat(verb.code()).as(verb.err()).isZero();
        JsonNode record = record(out);
        assertThat(record.path("status").asText()).isEqualTo("finished");
        assertThat(record.path("data").path("rows_training").asInt()).isEqualTo(32);
        assertThat(record.path("data").path("sha256").asText()).hasSize(64);
        assertThat(record.path("held_out").path("accuracy").path("estimate").asDouble()).isEqualTo(1);
        assertThat(record.path("metrics")).hasSize(16);
        assertThat(record.path("metrics").get(4).has("heldout_accuracy")).isTrue();
        assertThat(Files.readAllLines(out.resolve("metrics.jsonl"))).hasSize(16);
        assertThat(out.resolve("checkpoints")).doesNotExist();
        try (RewardModel reward = RewardModel.load(out, ComputeType.FLOAT32)) {
            assertThat(reward.pooling().code()).isEqualTo("last");
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        train(folder.resolve("a"));
        train(folder.resolve("b"));

        assertThat(folder.resolve("a/model.safetensors")).hasSameBinaryContentAs(folder.resolve("b/model.safetensors"));
    }

    @Test
    void refusesAFolderThatHoldsARun() {
        train(folder.resolve("a"));

        Verb again = train(folder.resolve("a"));

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("holds a run already").contains("--resume");
        assertThat(train(folder.resolve("a"), "--resume").out()).contains("finished already");
    }

    @Test
    void refusesDataWithTheRowAndTheReason() throws IOException {
        Files.write(data, List.of(pair("Human: q", "same", "same"), pair("Human: q", "good", "bad")));

        Verb verb = train(folder.resolve("a"));

        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).contains("row 1").contains("same");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void saysWhatIsMissing() {
        Verb verb = Verb.run(new Train(), "reward", "--model", folder.resolve("none"), "--data", data, "--out",
                folder.resolve("a"), "--compute", "float32", "--threads", "1");

        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).hasLineCount(1).contains("none");
    }
}
