package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.tensor.ComputeType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The settings and tolerances that the reference training runs share. */
public final class ReferenceTrajectory {
    public static final TrainingSpec SPEC = new TrainingSpec(1, 4, 1, 5e-5, 0, TrainingSpec.Decay.CONSTANT, 0, 1, 0, 0,
            ComputeType.FLOAT32, TrainingSpec.Order.AS_GIVEN);

    private ReferenceTrajectory() {
    }

    public static void assertStep(JsonNode golden, int step, Map<String, Double> metrics) {
        assertStep(golden, step, metrics, 1e-4);
    }

    public static void assertStep(JsonNode golden, int step, Map<String, Double> metrics, double lossTolerance) {
        JsonNode known = golden.at("/steps/" + (step - 1));
        double norm = known.path("grad_norm").asDouble();
        assertThat(metrics.get("loss")).as("loss of step " + step)
                .isCloseTo(known.path("loss").asDouble(), within(lossTolerance));
        assertThat(metrics.get("gradient_norm")).as("gradient norm of step " + step)
                .isCloseTo(norm, within(1e-3 * norm + 1e-5));
    }

    public static void assertFinalLogits(JsonNode golden, LanguageModel model) {
        JsonNode ids = golden.at("/after/probe_ids");
        int[] probe = IntStream.range(0, ids.size()).map(i -> ids.get(i).asInt()).toArray();
        float[] logits = model.decoder().logits(List.of(new Row(probe, List.of(new int[] {0}))), ComputeType.FLOAT32);
        int base = (probe.length - 1) * model.config().vocabularySize();
        JsonNode known = golden.at("/after/last_logits_first_32");
        for (int i = 0; i < known.size(); i++) {
            assertThat((double) logits[base + i]).isCloseTo(known.get(i).asDouble(), within(1e-3));
        }
    }
}
