package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The passes that training is made of: what a pass keeps, how rows are laid out, and which library multiplies. */
class DecoderPassTest {
    private static final int VOCABULARY = 1300;
    private static final Decoder.Keeping EVERYTHING = new Decoder.Keeping(1, 2);
    private static final Decoder.Keeping CHECKPOINTS = new Decoder.Keeping(2, 2);
    private static final Decoder.Keeping ATTENTION = new Decoder.Keeping(3, 2);
    private static final Decoder.Keeping NO_PROBABILITIES = new Decoder.Keeping(1, 3);

    /** A decoder whose vocabulary is several chunks of the head; of a family's biases and norms. */
    static Decoder decoder(ModelFamily family, boolean tied) {
        ModelConfig config = new ModelConfig(VOCABULARY, 32, 48, 2, 4, 2, 8, 512, 1e-5, RotaryScaling.plain(10000), tied,
                0.3, -1, List.of(), -1, family, 0);
        return random(config);
    }

    private static Decoder random(ModelConfig config) {
        Random random = new Random(3);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.weights().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * 0.2) + (name.contains("norm") ? 1 : 0);
            }
            tensors.put(name, new Tensor(shape, values));
        });
        return new Decoder(config, tensors);
    }

    private static int[] tokens(Random random, int count) {
        return random.ints(count, 0, VOCABULARY).toArray();
    }

    static List<Row> rows() {
        Random random = new Random(8);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rows.add(new Row(tokens(random, 1 + random.nextInt(30)),
                    List.of(tokens(random, 1 + random.nextInt(20)), tokens(random, 1 + random.nextInt(9)))));
        }
        return rows;
    }

    private static double[] coefficients(int count) {
        return new Random(4).doubles(count, -1, 1).toArray();
    }

    /** Values and gradients of one pass. */
    record Outcome(double[] values, double entropy, Map<String, float[]> gradients) {
    }

    static Outcome pass(Decoder decoder, List<Row> rows, ComputeType type, Decoder.Keeping keeping) {
        try (AdamW optimiser = new AdamW(decoder);
                Decoder.Pass pass = decoder.open(rows, Decoder.Head.TOKEN_LOG_PROBABILITY, type, keeping, 0)) {
            pass.accumulate(coefficients(pass.values().length), optimiser.sums());
            Map<String, float[]> gradients = new LinkedHashMap<>();
            optimiser.sums().forEach((name, sum) -> gradients.put(name, sum.toFloatArray()));
            return new Outcome(pass.values(), pass.entropies(), gradients);
        }
    }

    static void assertNear(Map<String, float[]> actual, Map<String, float[]> expected, double tolerance) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> {
            double size = 0;
            double off = 0;
            for (int i = 0; i < values.length; i++) {
                size += (double) values[i] * values[i];
                off += Math.pow(values[i] - actual.get(name)[i], 2);
            }
            assertThat(Math.sqrt(off)).as(name).isLessThanOrEqualTo(tolerance * Math.sqrt(size) + 1e-9);
        });
    }

    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void whatAPassKeepsChangesNoBit(ModelFamily family) {
        try (Decoder decoder = decoder(family, family == ModelFamily.QWEN3)) {
            Outcome whole = pass(decoder, rows(), ComputeType.FLOAT32, EVERYTHING);
            Outcome again = pass(decoder, rows(), ComputeType.FLOAT32, CHECKPOINTS);
            assertThat(again.values).isEqualTo(whole.values);
            whole.gradients.forEach((name, values) -> assertThat(again.gradients.get(name)).as(name).isEqualTo(values));
            Outcome kept = pass(decoder, rows(), ComputeType.FLOAT32, ATTENTION);
            assertThat(kept.values).isEqualTo(whole.values);
            whole.gradients.forEach((name, values) -> assertThat(kept.gradients.get(name)).as(name).isEqualTo(values));
            Outcome recomputed = pass(decoder, rows(), ComputeType.FLOAT32, NO_PROBABILITIES);
            assertThat(recomputed.values).isEqualTo(whole.values);
            assertNear(recomputed.gradients, whole.gradients, 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void float32AgreesWithFloat64(ModelFamily family) {
        try (Decoder decoder = decoder(family, family == ModelFamily.LLAMA)) {
            Outcome exact = pass(decoder, rows(), ComputeType.FLOAT64, EVERYTHING);
            Outcome narrow = pass(decoder, rows(), ComputeType.FLOAT32, EVERYTHING);
            assertThat(narrow.values).containsExactly(exact.values, within(2e-5));
            assertThat(narrow.entropy).isCloseTo(exact.entropy, within(1e-5));
            assertNear(narrow.gradients, exact.gradients, 2e-5);
        }
    }

    @Test
    void theHeadInChunksGivesTheLogSoftmaxAndEntropyOfAllLogits() {
        try (Decoder decoder = decoder(ModelFamily.LLAMA, false)) {
            Row row = new Row(new int[] {5, 6, 7}, List.of(new int[] {VOCABULARY - 1, 0}, new int[] {700}));
            float[] logits = decoder.logits(List.of(row), ComputeType.FLOAT32);
            Outcome outcome = pass(decoder, List.of(row), ComputeType.FLOAT32, EVERYTHING);
            int[] places = {2, 3, 2};
            int[] targets = {VOCABULARY - 1, 0, 700};
            double entropy = 0;
            for (int i = 0; i < places.length; i++) {
                float[] line = Arrays.copyOfRange(logits, places[i] * VOCABULARY, (places[i] + 1) * VOCABULARY);
                double total = 0;
                for (float z : line) {
                    total += Math.exp(z);
                }
                double log = Math.log(total);
                assertThat(outcome.values[i]).isCloseTo(line[targets[i]] - log, within(2e-5));
                for (float z : line) {
                    entropy -= Math.exp(z - log) * (z - log) / places.length;
                }
            }
            assertThat(outcome.entropy).isCloseTo(entropy, within(2e-5));
        }
    }

    @Test
    void whatSharesABatchChangesNoLogProbability() {
        try (Decoder decoder = decoder(ModelFamily.QWEN2, true)) {
            List<Row> rows = rows();
            Map<Row, double[]> alone = new LinkedHashMap<>();
            rows.forEach(row -> alone.put(row,
                    decoder.evaluate(List.of(row), Decoder.Head.TOKEN_LOG_PROBABILITY, ComputeType.FLOAT32)));
            for (int shuffle = 0; shuffle < 5; shuffle++) {
                Collections.shuffle(rows, new Random(shuffle));
                List<Row> batch = rows.subList(0, 3 + shuffle);
                double[] together = decoder.evaluate(batch, Decoder.Head.TOKEN_LOG_PROBABILITY, ComputeType.FLOAT32);
                double[] expected = batch.stream().flatMapToDouble(row -> Arrays.stream(alone.get(row))).toArray();
                assertThat(together).containsExactly(expected, within(2e-5));
            }
        }
    }

    @Test
    void aSharedPromptGivesTheGradientOfSeparateOnes() {
        try (Decoder decoder = decoder(ModelFamily.QWEN3, false)) {
            List<Row> separate = rows().stream().flatMap(row -> row.continuations().stream()
                    .map(c -> new Row(row.prompt(), List.of(c)))).toList();
            Outcome shared = pass(decoder, rows(), ComputeType.FLOAT32, EVERYTHING);
            Outcome apart = pass(decoder, separate, ComputeType.FLOAT32, EVERYTHING);
            assertThat(shared.values).containsExactly(apart.values, within(2e-5));
            assertNear(shared.gradients, apart.gradients, 1e-5);
        }
    }

    @Test
    void eightPassesOfOneAddUpToOnePassOfEight() {
        try (Decoder decoder = decoder(ModelFamily.LLAMA, true); AdamW optimiser = new AdamW(decoder)) {
            Outcome whole = pass(decoder, rows(), ComputeType.FLOAT32, EVERYTHING);
            double[] coefficients = coefficients(whole.values.length);
            int at = 0;
            for (Row row : rows()) {
                try (Decoder.Pass pass = decoder.open(List.of(row), Decoder.Head.TOKEN_LOG_PROBABILITY,
                        ComputeType.FLOAT32)) {
                    pass.accumulate(Arrays.copyOfRange(coefficients, at, at + pass.values().length), optimiser.sums());
                    at += pass.values().length;
                }
            }
            Map<String, float[]> parts = new LinkedHashMap<>();
            optimiser.sums().forEach((name, sum) -> parts.put(name, sum.toFloatArray()));
            assertNear(parts, whole.gradients, 1e-5);
        }
    }

    @Test
    void longRowsWhoseHeadsAreMultipliedOneByOneAgreeWithFloat64() {
        ModelConfig config = new ModelConfig(VOCABULARY, 64, 96, 1, 4, 1, 64, 512, 1e-5, RotaryScaling.plain(10000), true,
                0.3, -1, List.of(), -1);
        try (Decoder decoder = random(config)) {
            Random random = new Random(2);
            List<Row> rows = List.of(
                    new Row(tokens(random, 150), List.of(tokens(random, 70), tokens(random, 81))),
                    new Row(tokens(random, 3), List.of(tokens(random, 297))),
                    new Row(tokens(random, 260), List.of(tokens(random, 30), tokens(random, 4))));
            Outcome exact = pass(decoder, rows, ComputeType.FLOAT64, EVERYTHING);
            Outcome fast = pass(decoder, rows, ComputeType.FLOAT32, EVERYTHING);
            assertThat(fast.values).containsExactly(exact.values, within(5e-5));
            assertNear(fast.gradients, exact.gradients, 2e-5);
            Outcome kept = pass(decoder, rows, ComputeType.FLOAT32, ATTENTION);
            fast.gradients.forEach((name, values) -> assertThat(kept.gradients.get(name)).as(name).isEqualTo(values));
        }
    }

    @Test
    void tokensThatAreNotLearnedAreSeenButGiveNoOutput() {
        try (Decoder decoder = decoder(ModelFamily.LLAMA, true)) {
            int[] prompt = {1, 2};
            int[] rest = {3, 4, 5, 6};
            double[] all = decoder.evaluate(List.of(new Row(prompt, List.of(rest))), Decoder.Head.TOKEN_LOG_PROBABILITY,
                    ComputeType.FLOAT32);
            Row masked = new Row(prompt, List.of(rest), List.of(new boolean[] {true, false, false, true}));
            assertThat(decoder.evaluate(List.of(masked), Decoder.Head.TOKEN_LOG_PROBABILITY, ComputeType.FLOAT32))
                    .containsExactly(new double[] {all[0], all[3]}, within(1e-6));
            assertThat(decoder.evaluate(List.of(masked), Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32)[0])
                    .isCloseTo(all[0] + all[3], within(1e-6));
        }
    }

    @Test
    void frozenWeightsGetNoGradientAndAreNotChanged() {
        try (Decoder decoder = decoder(ModelFamily.LLAMA, true)) {
            Map<String, Tensor> base = decoder.tensors();
            String module = "model.layers.1.mlp.up_proj";
            Random random = new Random(6);
            decoder.attach("a", Map.of(module + ".lora_A.weight", new Tensor(new long[] {2, 32}, floats(random, 64)),
                    module + ".lora_B.weight", new Tensor(new long[] {48, 2}, floats(random, 96))), Map.of(module, 0.7), 0);
            decoder.activate("a");
            Outcome exact = pass(decoder, rows(), ComputeType.FLOAT64, new Decoder.Keeping(1, 1));
            Outcome fast = pass(decoder, rows(), ComputeType.FLOAT32, new Decoder.Keeping(1, 1));
            Outcome kept = pass(decoder, rows(), ComputeType.FLOAT32, EVERYTHING);
            assertThat(fast.gradients.keySet()).containsExactlyInAnyOrder(module + ".lora_A.weight",
                    module + ".lora_B.weight");
            assertNear(fast.gradients, exact.gradients, 2e-5);
            // A frozen head keeps the gradient of its hidden states alone, which comes to the same.
            assertNear(fast.gradients, kept.gradients, 1e-5);
            try (AdamW optimiser = new AdamW(decoder); Decoder.Pass pass = decoder.open(rows(),
                    Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32)) {
                pass.accumulate(coefficients(pass.values().length), optimiser.sums());
                optimiser.update(0.1, 0.1, 0);
            }
            decoder.tensors().forEach((name, tensor) ->
                    assertThat(tensor.values()).as(name).isEqualTo(base.get(name).values()));
        }
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * 0.3f;
        }
        return values;
    }

    @Test
    void nativeMemoryDoesNotGrowOverFiftySteps() {
        try (Decoder decoder = decoder(ModelFamily.LLAMA, true); AdamW optimiser = new AdamW(decoder)) {
            List<Integer> held = new ArrayList<>();
            for (int step = 0; step < 50; step++) {
                try (Decoder.Pass pass = decoder.open(rows().subList(0, 2), Decoder.Head.LOG_PROBABILITY,
                        ComputeType.FLOAT32)) {
                    pass.accumulate(coefficients(pass.values().length), optimiser.sums());
                }
                optimiser.update(1e-3, 0, 1);
                held.add(decoder.manager().getManagedArrays().size());
            }
            assertThat(held.subList(1, 50)).containsOnly(held.get(1));
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        List<Map<String, Tensor>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (Decoder decoder = decoder(ModelFamily.QWEN3, true); AdamW optimiser = new AdamW(decoder)) {
                for (int step = 0; step < 3; step++) {
                    try (Decoder.Pass pass = decoder.open(rows(), Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32)) {
                        pass.accumulate(coefficients(pass.values().length), optimiser.sums());
                    }
                    optimiser.update(1e-2, 0.01, 1);
                }
                runs.add(decoder.tensors());
            }
        }
        runs.get(0).forEach((name, tensor) ->
                assertThat(runs.get(1).get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    @Test
    void theNormOfAGradientIsExactHoweverLongItIs() {
        ModelConfig config = new ModelConfig(60000, 64, 64, 1, 1, 1, 64, 64, 1e-5, RotaryScaling.plain(10000), true, 0.3,
                -1, List.of(), -1);
        try (Decoder decoder = random(config); AdamW optimiser = new AdamW(decoder)) {
            Random random = new Random(1);
            double squares = 0;
            for (Map.Entry<String, NDArray> sum : optimiser.sums().entrySet()) {
                float[] values = new float[(int) sum.getValue().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                    squares += (double) values[i] * values[i];
                }
                sum.getValue().set(values);
            }
            assertThat(optimiser.update(1e-3, 0, 0)).isCloseTo(Math.sqrt(squares), within(1e-6 * Math.sqrt(squares)));
        }
    }
}
