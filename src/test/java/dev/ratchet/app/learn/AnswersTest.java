package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
    @TempDir
    Path folder;

    private Fixture fixture;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        fixture = new Fixture(folder);
        model = fixture.model("model", 1);
    }

    private Verb run(Object command, Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--compute", "float32", "--threads", "1"));
        return Verb.run(command, all.toArray());
    }

    private Verb generate(Path out, Object... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("--model", model, "--prompts", fixture.prompts(40), "--out", out,
                "--max-tokens", "5", "--temperature", "1", "--samples", "2"));
        words.addAll(List.of(more));
        return run(new Generate(), words.toArray());
    }

    @Test
    void onePromptIsAnsweredOnTheConsole() {
        Verb verb = run(new Generate(), "--model", model, "--prompt", "hello", "--max-tokens", "3");

        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(verb.out()).isNotBlank();
        assertThat(run(new Generate(), "--model", model, "--prompt", "hello", "--out", folder.resolve("x")).err())
                .contains("--out goes with --prompts").hasLineCount(1);
    }

    @Test
    void repliesThatAreWrittenAreKeptAndTheOthersAreAsIfNothingHappened() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        assertThat(generate(whole).code()).isZero();
        Path out = folder.resolve("cut.jsonl");
        List<String> lines = Files.readAllLines(whole);
        assertThat(lines).hasSize(80);
        // As a killed run leaves it: the last line is cut.
        Files.writeString(out, String.join("\n", lines.subList(0, 67)) + "\n" + lines.get(67).substring(0, 20));
        Files.copy(folder.resolve("whole.jsonl.settings.json"), folder.resolve("cut.jsonl.settings.json"));

        Path settings = folder.resolve("cut.jsonl.settings.json");
        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(settings, written);

        Verb verb = generate(out, "--resume");

        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(Files.getLastModifiedTime(settings)).isEqualTo(written);
        assertThat(out).hasSameTextualContentAs(whole);
    }

    @Test
    void repliesOfOtherSettingsDoNotMix() throws IOException {
        Path out = folder.resolve("replies.jsonl");
        generate(out);

        assertThat(generate(out).err()).contains("exists already").contains("--resume");
        Verb other = generate(out, "--resume", "--sampling-seed", "7");

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("other settings (sampling)");
    }

    @Test
    void repliesAndPairsAreScored() throws IOException {
        Path reward = folder.resolve("trained");
        Path pairs = fixture.pairs(24);
        Fixture.train("reward", model, pairs, reward, "--learning-rate", "1e-2", "--epochs", "3");
        Path replies = folder.resolve("replies.jsonl");
        generate(replies);

        Verb ofPairs = run(new Score(), "--reward", reward, "--data", pairs, "--out", folder.resolve("a.jsonl"));
        Verb ofReplies = run(new Score(), "--reward", reward, "--data", replies, "--out", folder.resolve("b.jsonl"),
                "--drop-refused");

        assertThat(ofPairs.code()).as(ofPairs.err()).isZero();
        assertThat(ofPairs.out()).contains("accuracy 1.000").contains("24 pairs");
        assertThat(ofReplies.code()).as(ofReplies.err()).isZero();
        assertThat(ofReplies.out()).contains("mean score");
        List<String> scores = Files.readAllLines(folder.resolve("a.jsonl"));
        Files.write(folder.resolve("a.jsonl"), scores.subList(0, 5));
        run(new Score(), "--reward", reward, "--data", pairs, "--out", folder.resolve("a.jsonl"), "--resume");
        assertThat(Files.readAllLines(folder.resolve("a.jsonl"))).isEqualTo(scores);
    }

    @Test
    void twoModelsAreCompared() throws IOException {
        Path pairs = fixture.lines("style.jsonl", 24, i -> Fixture.pair("q" + i, "good", "bad"));
        Path reward = folder.resolve("trained");
        Path better = folder.resolve("better");
        Fixture.train("reward", model, pairs, reward, "--learning-rate", "1e-2", "--epochs", "3");
        Fixture.train("sft", model, fixture.lines("sft.jsonl", 24, i -> "{\"prompt\": " + Fixture.messages("q" + i)
                + ", \"completion\": [{\"role\": \"assistant\", \"content\": \"good\"}]}"), better, "--learning-rate",
                "2e-2", "--epochs", "6");
        Object[] words = {"--model", better, "--against", model, "--reward", reward, "--prompts", fixture.prompts(12),
            "--out", folder.resolve("wins"), "--max-tokens", "5"};

        Verb verb = run(new Evaluate(), words);

        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(verb.out()).contains("win rate").contains("12 prompts");
        JsonNode result = Fixture.json(folder.resolve("wins/evaluation.json"));
        assertThat(result.path("win_rate").path("estimate").asDouble()).isGreaterThan(0.6);
        Files.delete(folder.resolve("wins/evaluation.json"));
        Files.write(folder.resolve("wins/scores.jsonl"),
                Files.readAllLines(folder.resolve("wins/scores.jsonl")).subList(0, 3));
        List<Object> again = new ArrayList<>(List.of(words));
        again.add("--resume");
        assertThat(run(new Evaluate(), again.toArray()).code()).isZero();
        assertThat(Fixture.json(folder.resolve("wins/evaluation.json"))).isEqualTo(result);
    }

    @Test
    void modelsAreComparedOnPromptsThatBothAccept() throws IOException {
        Path narrow = fixture.model("narrow", 1);
        ObjectNode config = (ObjectNode) Fixture.json(narrow.resolve("config.json"));
        config.put("max_position_embeddings", 24);
        Files.writeString(narrow.resolve("config.json"), config.toString());
        Path reward = fixture.reward("reward", 1);
        Path prompts = fixture.lines("mixed.jsonl", 8, i -> "{\"prompt\": "
                + Fixture.messages("x".repeat(i == 2 ? 40 : 1 + i)) + "}");

        Verb verb = run(new Evaluate(), "--model", model, "--against", narrow, "--reward", reward, "--prompts", prompts,
                "--out", folder.resolve("wins"), "--max-tokens", "2", "--drop-refused", "--limit", "4");

        assertThat(verb.code()).as(verb.err()).isZero();
        for (String side : List.of("model.jsonl", "against.jsonl")) {
            assertThat(Files.readAllLines(folder.resolve("wins").resolve(side)))
                    .extracting(line -> Fixture.JSON.readTree(line).path("row").asInt()).containsExactly(1, 2, 4, 5);
        }
    }

    @Test
    void repliesOfAModelWithAnotherTemplateOrAnotherBaseDoNotMix() throws IOException {
        Path adapter = folder.resolve("adapter");
        Fixture.train("sft", model, fixture.lines("sft.jsonl", 4, i -> "{\"text\": \"words " + i + "\"}"), adapter,
                "--lora", "r=2");
        Path out = folder.resolve("replies.jsonl");
        List<Object> words = List.of("--model", adapter, "--prompts", fixture.prompts(4), "--out", out, "--max-tokens",
                "2");
        assertThat(run(new Generate(), words.toArray()).code()).isZero();
        Files.writeString(model.resolve("generation_config.json"), " \n", StandardOpenOption.APPEND);

        List<Object> again = new ArrayList<>(words);
        again.add("--resume");
        Verb verb = run(new Generate(), again.toArray());

        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).contains("other settings (model)");
    }

    @Test
    void promptsThatLeaveNoRoomAreNamed() throws IOException {
        Path long1 = fixture.lines("long.jsonl", 2, i -> "{\"prompt\": " + Fixture.messages("x".repeat(1 + 90 * i))
                + "}");

        Verb verb = run(new Generate(), "--model", model, "--prompts", long1, "--out", folder.resolve("r.jsonl"));

        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).contains("row 2:").doesNotContain("row 1:");
    }
}
