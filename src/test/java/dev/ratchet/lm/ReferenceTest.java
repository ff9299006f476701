package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with what the usual Python tools computed; skipped where the reference material is absent. */
class ReferenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void stories260kWritesTheKnownTextAloneAndInAPaddedBatch() throws IOException {
        JsonNode golden = JSON.readTree(Shared.path("golden/stories260k.json").toFile());
        String expected = golden.at("/greedy/text").asText();
        int steps = golden.at("/greedy/steps").asInt();
        try (LanguageModel model = LanguageModel.load(Shared.path("models/stories260k"), ComputeType.FLOAT32)) {
            int[] ids = JSON.convertValue(golden.at("/encode/ids"), int[].class);
            assertThat(model.prompt(List.of(Message.user(golden.at("/encode/text").asText())))).isEqualTo(ids);
            int[] prompt = {1};
            assertThat(model.generateTokens(List.of(prompt), Sampling.greedy(steps), ProgressListener.SILENT).get(0)
                    .text()).isEqualTo(expected);
            List<Completion> batch = model.generateTokens(List.of(ids, prompt, new int[] {1, 403, 407}),
                    Sampling.greedy(steps), ProgressListener.SILENT);
            assertThat(batch.get(1).text()).isEqualTo(expected);
            assertThat("Once upon a time" + batch.get(0).text()).startsWith(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-tied", "llama3-scaled-rope-gqa", "llama-linear-rope", "mistral", "qwen2-bias",
            "qwen3-qk-norm", "qwen3-sharded-bf16"})
    void logitsAndLogProbabilitiesAreThoseOfTransformers(String name) throws IOException {
        Path folder = Shared.path("golden/reference/networks/" + name);
        ModelConfig config = ModelConfig.read(folder);
        Safetensors expected = Safetensors.open(folder.resolve("expected.safetensors"));
        long[] ids = expected.longs("input_ids");
        long[] mask = expected.longs("attention_mask");
        float[] logits = expected.floats("logits").values();
        float[] logProbabilities = expected.floats("log_probs").values();
        int width = (int) expected.shape("input_ids")[1];
        int vocabulary = config.vocabularySize();
        int predicted = (int) expected.shape("log_probs")[1];
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            int base = row * width;
            int length = (int) IntStream.range(0, width).filter(i -> mask[base + i] == 1).count();
            int[] tokens = IntStream.range(0, length).map(i -> (int) ids[base + i]).toArray();
            rows.add(new Row(Arrays.copyOf(tokens, 1), List.of(Arrays.copyOfRange(tokens, 1, length))));
        }
        try (Decoder decoder = new Decoder(config, LanguageModel.weights(folder, config.weights()))) {
            float[] padded = decoder.logits(rows, ComputeType.FLOAT32);
            double[] sums = decoder.evaluate(rows, Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32);
            for (int row = 0; row < 3; row++) {
                int length = rows.get(row).length();
                float[] alone = decoder.logits(List.of(rows.get(row)), ComputeType.FLOAT32);
                double worst = 0;
                for (int i = 0; i < length * vocabulary; i++) {
                    float known = logits[row * width * vocabulary + i];
                    worst = Math.max(worst, Math.abs(alone[i] - known));
                    worst = Math.max(worst, Math.abs(padded[row * width * vocabulary + i] - known));
                }
                assertThat(worst).isLessThan(1e-4);
                double sum = 0;
                for (int i = 0; i < length - 1; i++) {
                    sum += logProbabilities[row * predicted + i];
                }
                assertThat(sums[row]).isCloseTo(sum, within(2e-5 * length));
            }
        }
    }

    @Test
    void supervisedTrainingFollowsTheKnownTrajectory() throws IOException {
        List<SupervisedExample> examples = new ArrayList<>();
        for (String line : Files.readAllLines(Shared.path("golden/reference/pairs.jsonl"))) {
            JsonNode pair = JSON.readTree(line);
            examples.add(new SupervisedExample(List.of(Message.user(pair.path("prompt").asText())),
                    pair.path("chosen").asText()));
        }
        JsonNode golden = JSON.readTree(
                Shared.path("golden/reference/trajectories/sft-completion-only.json").toFile());
        try (LanguageModel model = LanguageModel.load(Shared.path("models/stories260k"), ComputeType.FLOAT32)) {
            new SupervisedTrainer().train(model, examples, ReferenceTrajectory.SPEC, null, (step, total, metrics) ->
                    ReferenceTrajectory.assertStep(golden, step, metrics));
            ReferenceTrajectory.assertFinalLogits(golden, model);
        }
    }
}
