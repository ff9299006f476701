package dev.ratchet.preference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ReferenceTrajectory;
import dev.ratchet.lm.Shared;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.UnpairedExample;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays the reference runs of preference optimisation; skipped where the reference material is absent. */
class ReferencePreferenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode golden(String name) throws IOException {
        return JSON.readTree(Shared.path("golden/reference/trajectories/" + name + ".json").toFile());
    }

    private static List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Shared.path("golden/reference/" + name))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<PreferencePair> pairs() throws IOException {
        return lines("pairs.jsonl").stream().map(pair -> new PreferencePair(
                List.of(Message.user(pair.path("prompt").asText())), pair.path("chosen").asText(),
                pair.path("rejected").asText())).toList();
    }

    private static TrainingSpec accumulating(int accumulation) {
        TrainingSpec one = ReferenceTrajectory.SPEC;
        return new TrainingSpec(one.epochs(), one.batchSize(), accumulation, one.learningRate(), one.warmupShare(),
                one.decay(), one.weightDecay(), one.clipNorm(), one.seed(), one.checkpointEvery(), one.computeType(),
                one.order());
    }

    private static TrainingListener comparing(JsonNode golden, double lossTolerance) {
        return (step, total, metrics) -> ReferenceTrajectory.assertStep(golden, step, metrics, lossTolerance);
    }

    @ParameterizedTest
    @CsvSource({"dpo-sigmoid, SIGMOID", "dpo-robust, ROBUST", "dpo-hinge, HINGE", "dpo-ipo, IPO",
        "dpo-apo-zero, APO_ZERO", "dpo-apo-down, APO_DOWN", "dpo-accumulate-2, SIGMOID"})
    void pairwiseOptimisationFollowsTheKnownTrajectory(String name, PairLoss loss) throws IOException {
        JsonNode golden = golden(name);
        PreferenceSpec spec = PreferenceSpec.of(loss, golden.at("/settings/beta").asDouble())
                .withLabelSmoothing(golden.at("/settings/label_smoothing").asDouble(0));
        try (LanguageModel model = LanguageModel.load(Shared.path("models/stories260k"), ComputeType.FLOAT32)) {
            new PreferenceTrainer().train(model, pairs(), spec,
                    accumulating(golden.at("/settings/gradient_accumulation_steps").asInt(1)), null,
                    comparing(golden, loss == PairLoss.IPO ? 1e-3 : 1e-4));
            ReferenceTrajectory.assertFinalLogits(golden, model);
        }
    }

    @Test
    void optimisationOnJudgedRepliesFollowsTheKnownTrajectory() throws IOException {
        JsonNode golden = golden("kto");
        List<UnpairedExample> examples = lines("unpaired.jsonl").stream().map(example -> new UnpairedExample(
                List.of(Message.user(example.path("prompt").asText())), example.path("completion").asText(),
                example.path("label").asBoolean())).toList();
        try (LanguageModel model = LanguageModel.load(Shared.path("models/stories260k"), ComputeType.FLOAT32)) {
            new KtoTrainer().train(model, examples, new Kto(golden.at("/settings/beta").asDouble()),
                    ReferenceTrajectory.SPEC, null, comparing(golden, 1e-4));
            ReferenceTrajectory.assertFinalLogits(golden, model);
        }
    }
}
