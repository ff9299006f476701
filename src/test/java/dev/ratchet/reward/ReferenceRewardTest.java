package dev.ratchet.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ReferenceTrajectory;
import dev.ratchet.lm.Shared;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays the reference run of reward training; skipped where the reference material is absent. */
class ReferenceRewardTest {
    @Test
    void rewardTrainingFollowsTheKnownTrajectory() throws IOException {
        JsonNode golden = new ObjectMapper().readTree(
                Shared.path("golden/reference/trajectories/reward.json").toFile());
        float[] head = Safetensors.open(
                Shared.path("golden/reference/trajectories/reward-initial-head.safetensors"))
                .floats("score.weight").values();
        List<PreferencePair> pairs = new ArrayList<>();
        for (String line : Files.readAllLines(Shared.path("golden/reference/pairs.jsonl"))) {
            JsonNode pair = new ObjectMapper().readTree(line);
            pairs.add(new PreferencePair(List.of(Message.user(pair.path("prompt").asText())),
                    pair.path("chosen").asText(), pair.path("rejected").asText()));
        }
        try (LanguageModel trunk = LanguageModel.load(Shared.path("models/stories260k"), ComputeType.FLOAT32);
                RewardModel model = RewardModel.fromTrunk(trunk, Pooling.LAST, head)) {
            new RewardTrainer().train(model, pairs, List.of(), RewardSpec.of(ReferenceTrajectory.SPEC), null,
                    (step, total, metrics) -> ReferenceTrajectory.assertStep(golden, step, metrics));
        }
    }
}
