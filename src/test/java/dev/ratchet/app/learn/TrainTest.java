package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainTest {
    @TempDir
    Path folder;

    private Fixture fixture;
    private Path model;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        fixture = new Fixture(folder);
        model = fixture.model("model", 1);
        out = folder.resolve("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigmoid", "conservative", "robust", "hinge", "ipo", "ipo_summed", "apo_zero", "apo_down",
        "simpo", "orpo"})
    void everyPairLossRaisesItsHeldOutMargin(String loss) throws IOException {
        Verb verb = Fixture.train("dpo", model, fixture.pairs(32), out, "--loss", loss, "--held-out", "8",
                "--learning-rate", "5e-3", "--epochs", "2");

        assertThat(verb.code()).as(verb.err()).isZero();
        JsonNode record = Fixture.json(out.resolve("training.json"));
        assertThat(record.path("settings").path("loss").asText()).isEqualToIgnoringCase(loss);
        assertThat(record.path("held_out").path("margin").path("estimate").asDouble()).isPositive();
        assertThat(Files.readAllLines(out.resolve("heldout.jsonl"))).hasSize(8);
        try (LanguageModel trained = LanguageModel.load(out, ComputeType.FLOAT32)) {
            assertThat(trained.config().layers()).isEqualTo(2);
        }
    }

    @Test
    void anAdapterIsTrainedAndWrittenAlone() throws IOException {
        Verb verb = Fixture.train("dpo", model, fixture.pairs(16), out, "--lora", "r=4,alpha=8,targets=q_proj+v_proj",
                "--lora-pattern", "layers\\.(?:1)\\..*:r=2,alpha=6", "--learning-rate", "1e-2");

        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(out.resolve("adapter_config.json")).exists();
        assertThat(out.resolve("model.safetensors")).doesNotExist();
        assertThat(Fixture.json(out.resolve("adapter_config.json")).path("r").asInt()).isEqualTo(4);
        assertThat(Fixture.json(out.resolve("adapter_config.json")).path("rank_pattern").elements().next().asInt())
                .isEqualTo(2);
        assertThat(Fixture.json(out.resolve("adapter_config.json")).path("alpha_pattern").elements().next().asInt())
                .isEqualTo(6);
        try (LanguageModel adapted = LanguageModel.load(out, ComputeType.FLOAT32)) {
            assertThat(adapted.adapters().current()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAdapterThatTheModelCameWithIsPartOfTheReference(boolean lora) throws IOException {
        Path adapter = folder.resolve("adapter");
        Fixture.train("dpo", model, fixture.pairs(16), adapter, "--lora", "r=4", "--learning-rate", "1e-2");
        List<String> settings = lora ? List.of("--lora", "r=4", "--learning-rate", "1e-2")
                : List.of("--learning-rate", "1e-2");

        Verb verb = Fixture.train("dpo", adapter, fixture.pairs(16), out, settings.toArray());

        assertThat(verb.code()).as(verb.err()).isZero();
        JsonNode first = Fixture.json(out.resolve("training.json")).path("metrics").get(0);
        assertThat(first.path("chosen_log_probability_change").asDouble()).isCloseTo(0, within(1e-4));
        try (LanguageModel before = LanguageModel.load(adapter, ComputeType.FLOAT32);
                LanguageModel trained = LanguageModel.load(out, ComputeType.FLOAT32)) {
            assertThat(trained.adapters().active()).as("a whole model").isEmpty();
            Example good = before.example(List.of(Message.user("q1")), "good");
            assertThat(trained.logProbabilities(List.of(good))[0])
                    .isGreaterThan(before.logProbabilities(List.of(good))[0]);
        }
    }

    @Test
    void dialoguesAndPlainTextsAreLearned() throws IOException {
        Path data = fixture.lines("sft.jsonl", 24, i -> i % 2 == 0 ? "{\"text\": \"the same words " + i + "\"}"
                : "{\"messages\": [{\"role\": \"user\", \"content\": \"q" + i + "\"}, {\"role\": \"assistant\","
                        + " \"content\": \"yes\"}]}");

        Verb verb = Fixture.train("sft", model, data, out, "--held-out", "0.25", "--epochs", "4", "--learning-rate",
                "1e-2", "--evaluate-every", "4");

        assertThat(verb.code()).as(verb.err()).isZero();
        JsonNode record = Fixture.json(out.resolve("training.json"));
        JsonNode metrics = record.path("metrics");
        assertThat(record.path("held_out").path("loss").path("estimate").asDouble())
                .isLessThan(metrics.get(3).path("heldout_loss").asDouble());
        assertThat(metrics.get(metrics.size() - 1).path("loss").asDouble())
                .isLessThan(metrics.get(0).path("loss").asDouble());
    }

    @Test
    void unpairedAnswersAreLearned() throws IOException {
        Path data = fixture.lines("unpaired.jsonl", 32, i -> "{\"prompt\": " + Fixture.messages("q" + i)
                + ", \"completion\": [{\"role\": \"assistant\", \"content\": \"" + (i % 2 == 0 ? "good" : "bad")
                + "\"}], \"label\": " + (i % 2 == 0) + "}");

        Verb verb = Fixture.train("kto", model, data, out, "--held-out", "8", "--learning-rate", "5e-3", "--epochs",
                "3");

        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(Fixture.json(out.resolve("training.json")).path("held_out").path("log_ratio").path("estimate")
                .asDouble()).isPositive();
    }

    @Test
    void whatWasTrainedIsThereAlsoWhereItCannotBeMeasured() throws IOException {
        // One step that is far too long: its loss is a number, and what comes after it is none.
        Verb verb = Fixture.train("sft", model, fixture.lines("sft.jsonl", 6, i -> "{\"prompt\": "
                + Fixture.messages("q" + i) + ", \"completion\": [{\"role\": \"assistant\", \"content\": \"yes\"}]}"),
                out, "--held-out", "2", "--learning-rate", "1e39", "--warmup", "0");

        assertThat(verb.code()).as(verb.out()).isNotZero();
        assertThat(out.resolve("model.safetensors")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rloo", "grpo"})
    void ownAnswersAreLearnedFrom(String method) throws IOException {
        Path reward = folder.resolve("reward");
        Fixture.train("reward", model, fixture.pairs(16), reward, "--learning-rate", "1e-2");

        Verb verb = Fixture.train(method, model, fixture.prompts(8), out, "--reward", reward, "--max-tokens", "4",
                "--group-size", "3", "--held-out", "2", "--learning-rate", "1e-3");

        assertThat(verb.code()).as(verb.err()).isZero();
        JsonNode record = Fixture.json(out.resolve("training.json"));
        assertThat(record.path("held_out").path("reward_gain").has("low95")).isTrue();
        assertThat(record.path("metrics").get(0).has("reward")).isTrue();
    }

    /** Odd bytes become replacement characters, which take more tokens than were drawn. */
    @Test
    void answersThatFillTheContextAreScoredAllTheSame() throws IOException {
        Verb verb = Fixture.train("grpo", model, fixture.prompts(4), out, "--reward", fixture.reward("reward", 2),
                "--max-tokens", "1000", "--group-size", "2");

        assertThat(verb.code()).as(verb.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--lora=alpha=2", "--lora=r=four", "--lora=r=4,targets=nothing",
        "--lora=r=4,rslora=yes", "--lora-pattern=q_proj:r=2", "--limit=-1", "--loss=unknown",
            "--beta=-1",
        "--held-out=99", "--held-out=1", "--evaluate-every=5", "--held-out=1.5", "--decay=steep", "--storage=int3",
                "--unknown=1", "--learning-rate=-1"})
    void settingsThatCannotBeAreRefusedInOneLine(String setting) throws IOException {
        Verb verb = Fixture.train("dpo", model, fixture.pairs(8), out, setting);

        assertThat(verb.code()).as(verb.err()).isEqualTo(2);
        assertThat(verb.err()).hasLineCount(1);
        assertThat(out.resolve("model.safetensors")).doesNotExist();
    }

    @Test
    void refusedRowsAreNamedAndCanBeLeftOut() throws IOException {
        Path data = Files.write(folder.resolve("bad.jsonl"), List.of(Fixture.pair("a", "good", "good"),
                Fixture.pair("b", "good", "bad"), "no json", Fixture.pair("c", "", "bad"),
                Fixture.pair("d", "x".repeat(100), "y".repeat(100)), Fixture.pair("e", "good", "bad"),
                Fixture.pair("f", "good", "bad")));

        Verb refused = Fixture.train("dpo", model, data, out);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("row 1:", "row 3:", "row 4:", "row 5:").doesNotContain("row 2:");
        assertThat(out).doesNotExist();
        Verb taken = Fixture.train("dpo", model, data, out, "--drop-refused");
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(taken.out()).contains("row 1:");
        assertThat(Fixture.json(out.resolve("training.json")).path("data").path("rows_refused").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "model/tuned", "model/../model/tuned", "linked/tuned"})
    void noRunWritesIntoTheModelThatItReads(String place) throws IOException {
        Files.createSymbolicLink(folder.resolve("linked"), model);
        // A model that was trained here has a record of its own.
        Files.writeString(model.resolve("training.json"), "{\"status\": \"running\"}");

        Verb verb = Fixture.train("dpo", model, fixture.pairs(8), folder.resolve(place), "--resume");

        assertThat(verb.code()).as(verb.err()).isEqualTo(2);
        assertThat(verb.err()).contains("name another --out").hasLineCount(1);
    }

    @Test
    void resumingNeedsARunOrAnEmptyFolder() throws IOException {
        Path foreign = fixture.model("foreign", 2);

        Verb verb = Fixture.train("dpo", model, fixture.pairs(8), foreign, "--resume");

        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).contains("is not empty");
        assertThat(Fixture.train("dpo", model, fixture.pairs(8), out, "--resume").code()).isZero();
    }
}
