package dev.ratchet.preference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ReferenceTrajectory;
import dev.ratchet.lm.Shared;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays the reference run of DPO; skipped where the reference material is absent. */
class ReferencePreferenceTest {
    @Test
    void preferenceOptimisationFollowsTheKnownTrajectory() throws IOException {
        JsonNode golden = new ObjectMapper().readTree(
                Shared.path("golden/reference/trajectories/dpo-sigmoid.json").toFile());
        List<PreferencePair> pairs = new ArrayList<>();
        for (String line : Files.readAllLines(Shared.path("golden/reference/pairs.jsonl"))) {
            JsonNode pair = new ObjectMapper().readTree(line);
            pairs.add(new PreferencePair(List.of(Message.user(pair.path("prompt").asText())),
                    pair.path("chosen").asText(), pair.path("rejected").asText()));
        }
        try (LanguageModel model = LanguageModel.load(Shared.path("models/stories260k"), ComputeType.FLOAT32)) {
            new PreferenceTrainer().train(model, pairs, new Dpo(0.1), ReferenceTrajectory.SPEC, null,
                    (step, total, metrics) -> ReferenceTrajectory.assertStep(golden, step, metrics));
            ReferenceTrajectory.assertFinalLogits(golden, model);
        }
    }
}
