package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BagOfWordsTest {
    @TempDir
    Path folder;

    @Test
    void theBaselineIsMeasuredOnTheRewardModelsRowsAndComparedRowByRow() throws IOException {
        Fixture fixture = new Fixture(folder);
        Path pairs = fixture.lines("pairs.jsonl", 60, i -> Fixture.pair("q" + i, "a good one " + i, "a bad one " + i));
        Path reward = folder.resolve("reward");
        Fixture.train("reward", fixture.model("model", 1), pairs, reward, "--held-out", "12", "--learning-rate", "1e-9");

        Verb verb = Verb.run(new Train(), "bag-of-words", "--data", pairs, "--held-out", "12", "--out",
                folder.resolve("bag"), "--against", reward);

        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(verb.out()).contains("held-out accuracy 1.000").contains("difference, paired");
        JsonNode record = Fixture.json(folder.resolve("bag/training.json"));
        assertThat(record.path("held_out").path("rows").asInt()).isEqualTo(12);
        assertThat(record.path("against").path("difference").path("estimate").asDouble())
                .isBetween(-1.0, 0.0);
    }

    @Test
    void anotherSplitIsNoComparison() throws IOException {
        Fixture fixture = new Fixture(folder);
        Path pairs = fixture.lines("pairs.jsonl", 40, i -> Fixture.pair("q" + i, "a good one " + i, "a bad one " + i));
        Path first = folder.resolve("first");
        Verb.run(new Train(), "bag-of-words", "--data", pairs, "--held-out", "8", "--out", first);

        Verb other = Verb.run(new Train(), "bag-of-words", "--data", pairs, "--held-out", "8", "--split-seed", "1",
                "--out", folder.resolve("second"), "--against", first);

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("--split-seed");
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        Fixture fixture = new Fixture(folder);
        Path pairs = fixture.lines("pairs.jsonl", 40, i -> Fixture.pair("q" + i, "a good one " + i, "a bad one " + i));

        Verb verb = Verb.run(new Train(), "bag-of-words", "--data", pairs, "--held-out", "8", "--out", folder);

        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).contains("is not empty");
        assertThat(folder.resolve("training.json")).doesNotExist();
    }
}
