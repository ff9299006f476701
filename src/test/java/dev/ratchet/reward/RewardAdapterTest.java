package dev.ratchet.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.ModelFamily;
import dev.ratchet.lm.ModelFormatException;
import dev.ratchet.lm.RotaryScaling;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewardAdapterTest {
    private static final RewardSpec SPEC = RewardSpec.of(new TrainingSpec(6, 4, 1, 2e-2, 0,
            TrainingSpec.Decay.CONSTANT, 0, 1, 1, 0, ComputeType.FLOAT32));

    @TempDir
    private Path folder;

    /** Replies that are kind win. */
    private static List<PreferencePair> pairs() {
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            pairs.add(new PreferencePair(List.of(Message.user("q" + i)), "kind " + i, "rude " + i));
        }
        return pairs;
    }

    private static double[] scores(RewardModel model) {
        return model.score(pairs().stream().map(p -> new Judged(p.conversation(), p.chosen())).toList());
    }

    private LanguageModel trunk() throws IOException {
        LanguageModel trunk = TinyModel.create(folder.resolve("base"), false, 3);
        trunk.save(folder.resolve("base"), StorageType.FLOAT32);
        return trunk;
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void anAdapterLearnsToJudgeTogetherWithItsHeadAndIsStoredWithIt(Pooling pooling) throws IOException {
        Path stored = folder.resolve("adapter");
        try (LanguageModel trunk = trunk(); RewardModel model = RewardModel.fromTrunk(trunk, pooling)) {
            model.adapt(new LoraSpec(4, 8), 1, "base");
            RewardTrainer.Result result = new RewardTrainer().train(model, pairs(), List.of(), SPEC, null,
                    TrainingListener.SILENT);
            assertThat(result.steps()).isEqualTo(24);
            assertThat(model.accuracy(pairs())).isEqualTo(1);
            assertThat(model.decoder().tensors().get("score.weight").values()).containsOnly(0);
            double[] scores = scores(model);
            model.saveAdapter(stored, StorageType.FLOAT32);
            model.save(folder.resolve("whole"));
            try (RewardModel loaded = RewardModel.load(stored, ComputeType.FLOAT32);
                    RewardModel over = RewardModel.loadAdapter(stored, folder.resolve("whole"), ComputeType.FLOAT32);
                    RewardModel whole = RewardModel.load(folder.resolve("whole"), ComputeType.FLOAT32)) {
                assertThat(loaded.pooling()).isEqualTo(pooling);
                assertThat(scores(loaded)).isEqualTo(scores);
                assertThat(scores(over)).hasSameSizeAs(scores).isNotEqualTo(scores);
                for (int i = 0; i < scores.length; i++) {
                    assertThat(scores(whole)[i]).isCloseTo(scores[i], org.assertj.core.api.Assertions.within(1e-4));
                }
            }
        }
        JsonNode config = new ObjectMapper().readTree(stored.resolve("adapter_config.json").toFile());
        assertThat(config.path("task_type").asText()).isEqualTo("SEQ_CLS");
        assertThat(config.path("modules_to_save").toString()).isEqualTo("[\"classifier\",\"score\"]");
        assertThat(Safetensors.open(stored.resolve("adapter_model.safetensors")).names())
                .contains("base_model.model.score.weight");
    }

    @Test
    void aFolderNamesItsFamilysClass() throws IOException {
        TinyModel.tokenizer(folder);
        ModelConfig config = new ModelConfig(TinyModel.VOCABULARY, 16, 24, 2, 4, 2, 4, 64, 1e-5,
                RotaryScaling.plain(10000), true, 0.3, TinyModel.BEGIN, List.of(TinyModel.END), -1,
                ModelFamily.QWEN2, 0);
        Path saved = folder.resolve("reward");
        try (LanguageModel trunk = LanguageModel.initialise(config, folder, 1);
                RewardModel model = RewardModel.fromTrunk(trunk, Pooling.LAST)) {
            model.save(saved);
        }
        assertThat(new ObjectMapper().readTree(saved.resolve("config.json").toFile()).at("/architectures/0").asText())
                .isEqualTo("Qwen2ForSequenceClassification");
        RewardModel.load(saved, ComputeType.FLOAT32).close();
    }

    @Test
    void aLanguageModelsAdapterIsNoRewardModel() throws IOException {
        try (LanguageModel model = trunk()) {
            model.adapt(new LoraSpec(4, 8), 1, "base");
            model.saveAdapter(folder.resolve("adapter"), StorageType.FLOAT32);
        }
        assertThatThrownBy(() -> RewardModel.load(folder.resolve("adapter"), ComputeType.FLOAT32))
                .isInstanceOf(ModelFormatException.class).hasMessageContaining("no adapter of a reward model");
    }
}
