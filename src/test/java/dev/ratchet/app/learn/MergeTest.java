package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
    private static final List<Row> ROW = List.of(new Row(new int[] {5, 6, 7}, List.of(new int[] {8, 9})));

    @TempDir
    Path folder;
    private float[] adapted;

    @BeforeEach
    void write() throws IOException {
        try (LanguageModel model = TinyModel.create(folder.resolve("base"), false, 1)) {
            model.save(folder.resolve("base"), StorageType.FLOAT32);
            model.adapt(new LoraSpec(3, 6), 2, "base");
            model.decoder().assignTrained(filled(model.decoder().trained()));
            model.saveAdapter(folder.resolve("adapter"), StorageType.FLOAT32);
            adapted = model.decoder().logits(ROW, ComputeType.FLOAT32);
        }
    }

    private static Map<String, Tensor> filled(Map<String, Tensor> weights) {
        weights.values().forEach(weight -> {
            for (int i = 0; i < weight.values().length; i++) {
                weight.values()[i] = (i % 7 - 3) * 0.05f;
            }
        });
        return weights;
    }

    private static Verb merge(Object... words) {
        return Verb.run(new Merge(), words);
    }

    private void assertAdapted(Path model) {
        try (LanguageModel loaded = LanguageModel.load(model, ComputeType.FLOAT32)) {
            float[] logits = loaded.decoder().logits(ROW, ComputeType.FLOAT32);
            for (int i = 0; i < logits.length; i++) {
                assertThat(logits[i]).isCloseTo(adapted[i], within(2e-5f));
            }
        }
    }

    @Test
    void anAdapterIsMergedIntoTheBaseThatItNamesOrThatIsGiven() throws IOException {
        Path merged = folder.resolve("merged");
        Verb verb = merge(folder.resolve("adapter"), "--out", merged);
        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(verb.out()).contains("merged: adapter merged into base, float32");
        assertAdapted(merged);

        Files.move(folder.resolve("base"), folder.resolve("elsewhere"));
        assertThat(merge(folder.resolve("adapter"), "--base", folder.resolve("elsewhere"), "--out",
                folder.resolve("again")).code()).isZero();
        assertThat(Files.mismatch(merged.resolve("model.safetensors"),
                folder.resolve("again/model.safetensors"))).isEqualTo(-1);
    }

    @Test
    void aBaseInGgufAndOtherTypesOfWeightsWork() throws IOException {
        assertThat(Verb.run(new Convert(), folder.resolve("base"), "--out", folder.resolve("base.gguf"), "--storage",
                "float32").code()).isZero();
        assertThat(merge(folder.resolve("adapter"), "--base", folder.resolve("base.gguf"), "--out",
                folder.resolve("merged")).code()).isZero();
        assertAdapted(folder.resolve("merged"));
        assertThat(merge(folder.resolve("adapter"), "--out", folder.resolve("brain"), "--storage", "bfloat16").code())
                .isZero();
        assertThat(Safetensors.open(folder.resolve("brain/model.safetensors")).type("model.norm.weight"))
                .isEqualTo("BF16");
    }

    @Test
    void anAdapterIsConvertedToGgufByTheWay() {
        Path file = folder.resolve("better.gguf");
        Verb verb = Verb.run(new Convert(), folder.resolve("adapter"), "--out", file, "--storage", "float32");
        assertThat(verb.code()).as(verb.err()).isZero();
        assertAdapted(file);
    }

    @Test
    void aRewardModelsAdapterKeepsItsHeadAndItsPooling() throws IOException {
        List<Judged> judged = List.of(new Judged(List.of(Message.user("hi")), "yes"));
        double[] scores;
        try (LanguageModel trunk = LanguageModel.load(folder.resolve("base"), ComputeType.FLOAT32);
                RewardModel model = RewardModel.fromTrunk(trunk, Pooling.MEAN)) {
            model.adapt(new LoraSpec(3, 6), 2, "base");
            model.decoder().assignTrained(filled(model.decoder().trained()));
            model.saveAdapter(folder.resolve("scoring"), StorageType.FLOAT32);
            scores = model.score(judged);
        }
        assertThat(Math.abs(scores[0])).isPositive();
        Verb verb = merge(folder.resolve("scoring"), "--out", folder.resolve("scorer"));
        assertThat(verb.code()).as(verb.err()).isZero();
        try (RewardModel merged = RewardModel.load(folder.resolve("scorer"), ComputeType.FLOAT32)) {
            assertThat(merged.pooling()).isEqualTo(Pooling.MEAN);
            assertThat(merged.score(judged)[0]).isCloseTo(scores[0], within(2e-5));
        }
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        refused("base is no adapter", folder.resolve("base"), "--out", folder.resolve("x"));
        refused("exists already", folder.resolve("adapter"), "--out", folder.resolve("base"));
        refused("--storage is 'int8'; known are float32, float16, bfloat16.", folder.resolve("adapter"), "--out",
                folder.resolve("x"), "--storage", "int8");
        refused("nowhere is not there", folder.resolve("nowhere"), "--out", folder.resolve("x"));
        refused("nowhere is not there", folder.resolve("adapter"), "--base", folder.resolve("nowhere"), "--out",
                folder.resolve("x"));
    }

    @Test
    void aBaseOfTheHubKeepsItsRevisionAndIsAskedForByItsName() throws IOException {
        Path adapter = folder.resolve("of-the-hub");
        try (LanguageModel model = LanguageModel.load(folder.resolve("base"), ComputeType.FLOAT32)) {
            model.adapt(new LoraSpec(3, 6), 2, "owner/name@v1.2");
            model.saveAdapter(adapter, StorageType.FLOAT32);
        }

        JsonNode config = Fixture.json(adapter.resolve("adapter_config.json"));
        assertThat(config.path("base_model_name_or_path").asText()).isEqualTo("owner/name");
        assertThat(config.path("revision").asText()).isEqualTo("v1.2");
        refused("merge " + adapter + " --base hf:owner/name@v1.2 --out DIR", adapter, "--out", folder.resolve("x"));
    }

    private static void refused(String words, Object... arguments) {
        Verb verb = merge(arguments);
        assertThat(verb.code()).as(Arrays.toString(arguments)).isEqualTo(2);
        assertThat(verb.err()).contains(words).hasLineCount(1);
    }
}
