package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderTest {
    @TempDir
    static Path folder;
    private static LanguageModel model;

    @BeforeAll
    static void create() throws IOException {
        model = TinyModel.create(folder, true, 11);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static List<Example> examples() {
        Random random = new Random(5);
        return IntStream.of(3, 17, 30, 8).mapToObj(n ->
                new Example(TinyModel.tokens(random, n), TinyModel.tokens(random, 2 + n / 2))).toList();
    }

    @Test
    void paddingNeverChangesALogProbability() {
        List<Example> examples = examples();
        double[] together = model.decoder().evaluate(examples.stream().map(Row::of).toList(),
                Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32);
        for (int i = 0; i < examples.size(); i++) {
            assertThat(together[i]).isCloseTo(model.logProbabilities(List.of(examples.get(i)))[0], within(2e-5));
        }
    }

    @Test
    void continuationsThatShareAPromptAreScoredAsIfAlone() {
        int[] prompt = {10, 20, 30, 40};
        int[] first = {50, 60};
        int[] second = {70, 80, 90, 100, 110};
        double[] shared = model.decoder().evaluate(List.of(new Row(prompt, List.of(first, second))),
                Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32);
        double[] alone = model.logProbabilities(List.of(new Example(prompt, first), new Example(prompt, second)));
        assertThat(shared[0]).isCloseTo(alone[0], within(2e-5));
        assertThat(shared[1]).isCloseTo(alone[1], within(2e-5));
    }

    @Test
    void logProbabilityIsTheLogSoftmaxOfTheLogitsBefore() {
        int[] prompt = {1, 2, 3};
        int[] completion = {4, 5};
        float[] logits = model.decoder().logits(List.of(new Row(prompt, List.of(completion))), ComputeType.FLOAT32);
        double expected = logSoftmax(logits, 2, 4) + logSoftmax(logits, 3, 5);
        assertThat(model.logProbabilities(List.of(new Example(prompt, completion)))[0])
                .isCloseTo(expected, within(2e-5));
    }

    private static double logSoftmax(float[] logits, int position, int token) {
        int base = position * TinyModel.VOCABULARY;
        double sum = 0;
        for (int i = 0; i < TinyModel.VOCABULARY; i++) {
            sum += Math.exp(logits[base + i]);
        }
        return logits[base + token] - Math.log(sum);
    }

    @Test
    void greedyGenerationWithACacheIsTheUncachedArgmaxAloneAndInAPaddedBatch() {
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {9, 8, 7, 6, 5, 4, 3, 2, 1}, new int[] {42});
        List<Completion> together = model.generateTokens(prompts, Sampling.greedy(12), ProgressListener.SILENT);
        for (int i = 0; i < prompts.size(); i++) {
            int[] expected = uncached(prompts.get(i), 12);
            assertThat(together.get(i).tokens()).isEqualTo(expected);
            Completion alone = model.generateTokens(List.of(prompts.get(i)), Sampling.greedy(12),
                    ProgressListener.SILENT).get(0);
            assertThat(alone.tokens()).isEqualTo(expected);
            assertThat(alone.logProbability()).isCloseTo(together.get(i).logProbability(), within(1e-4));
        }
    }

    private static int[] uncached(int[] prompt, int steps) {
        int[] all = prompt;
        for (int step = 0; step < steps; step++) {
            float[] logits = model.decoder().logits(List.of(new Row(all, List.of(new int[] {0}))),
                    ComputeType.FLOAT32);
            int base = (all.length - 1) * TinyModel.VOCABULARY;
            int best = IntStream.range(0, TinyModel.VOCABULARY).boxed()
                    .max((a, b) -> Float.compare(logits[base + a], logits[base + b])).orElseThrow();
            if (best == TinyModel.END) {
                break;
            }
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = best;
        }
        return Arrays.copyOfRange(all, prompt.length, all.length);
    }

    @Test
    void aSampleDependsOnItsSeedAndPlaceAndNotOnItsBatch() {
        Sampling sampling = new Sampling(10, 1, 20, 0.9, 77, List.of());
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {3, 2, 1, 9, 9}, new int[] {5});
        List<Completion> together = model.generateTokens(prompts, sampling, ProgressListener.SILENT);
        assertThat(model.generateTokens(prompts.subList(0, 1), sampling, ProgressListener.SILENT).get(0).tokens())
                .isEqualTo(together.get(0).tokens());
        Sampling other = new Sampling(10, 1, 20, 0.9, 78, List.of());
        assertThat(model.generateTokens(prompts, other, ProgressListener.SILENT).get(0).tokens())
                .isNotEqualTo(together.get(0).tokens());
    }

    @Test
    void samplesFollowTheModelsDistributionCutToTheLikeliest() {
        int[] prompt = {17, 3};
        float[] logits = model.decoder().logits(List.of(new Row(prompt, List.of(new int[] {0}))), ComputeType.FLOAT32);
        int base = TinyModel.VOCABULARY;
        Integer[] ranked = IntStream.range(0, TinyModel.VOCABULARY).boxed()
                .sorted((a, b) -> Float.compare(logits[base + b], logits[base + a])).toArray(Integer[]::new);
        double total = 0;
        for (int i = 0; i < 3; i++) {
            total += Math.exp(logits[base + ranked[i]]);
        }
        int draws = 3000;
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        List<int[]> prompts = new ArrayList<>(java.util.Collections.nCopies(draws, prompt));
        for (Completion c : model.generateTokens(prompts, new Sampling(1, 1, 3, 1, 5, List.of()),
                ProgressListener.SILENT)) {
            counts.merge(c.tokens().length == 0 ? TinyModel.END : c.tokens()[0], 1, Integer::sum);
        }
        assertThat(counts.keySet()).isSubsetOf(Arrays.copyOf(ranked, 3));
        for (int i = 0; i < 3; i++) {
            double expected = Math.exp(logits[base + ranked[i]]) / total;
            assertThat(counts.getOrDefault(ranked[i], 0) / (double) draws).isCloseTo(expected, within(0.04));
        }
    }

    @Test
    void theGradientAgreesWithFiniteDifferences() throws IOException {
        try (LanguageModel own = TinyModel.create(folder, false, 3); NDManager scope =
                own.decoder().manager().newSubManager()) {
            List<Row> rows = List.of(new Row(new int[] {1, 2, 3}, List.of(new int[] {4, 5}, new int[] {6, 7, 8})));
            Map<String, NDArray> sums = new LinkedHashMap<>();
            own.decoder().tensors().forEach((name, t) ->
                    sums.put(name, scope.zeros(new Shape(t.shape()), DataType.FLOAT32)));
            double[] coefficients = {0.7, -1.3};
            try (Decoder.Pass pass = own.decoder().open(rows, Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32)) {
                pass.accumulate(coefficients, sums);
            }
            Map<String, Tensor> original = own.decoder().tensors();
            for (String name : original.keySet()) {
                float[] gradient = sums.get(name).toFloatArray();
                // Along the gradient itself, so that the difference stands above float32's rounding.
                double norm = 0;
                for (float g : gradient) {
                    norm += (double) g * g;
                }
                norm = Math.sqrt(norm);
                if (norm < 1e-3) {
                    continue;
                }
                double step = 5e-3;
                double slope = (value(own, original, name, gradient, step / norm, rows, coefficients)
                        - value(own, original, name, gradient, -step / norm, rows, coefficients)) / (2 * step);
                assertThat(slope).as(name).isCloseTo(norm, within(Math.max(0.02 * norm, 2e-3)));
            }
        }
    }

    private static double value(LanguageModel own, Map<String, Tensor> original, String name, float[] direction,
            double scale, List<Row> rows, double[] coefficients) {
        Map<String, Tensor> moved = new LinkedHashMap<>(original);
        float[] values = original.get(name).values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (scale * direction[i]);
        }
        moved.put(name, new Tensor(original.get(name).shape(), values));
        own.decoder().assign(moved);
        double[] out = own.decoder().evaluate(rows, Decoder.Head.LOG_PROBABILITY, ComputeType.FLOAT32);
        own.decoder().assign(original);
        return coefficients[0] * out[0] + coefficients[1] * out[1];
    }

    @Test
    void aSavedModelLoadsWithTheSameLogProbabilities(@TempDir Path target) throws IOException {
        for (boolean tied : new boolean[] {true, false}) {
            Path saved = target.resolve("tied-" + tied);
            try (LanguageModel original = TinyModel.create(folder, tied, 9)) {
                original.save(saved, StorageType.FLOAT32);
                try (LanguageModel loaded = LanguageModel.load(saved, ComputeType.FLOAT32)) {
                    assertThat(loaded.config()).isEqualTo(original.config());
                    assertThat(loaded.logProbabilities(examples())).isEqualTo(original.logProbabilities(examples()));
                }
            }
        }
    }

    @Test
    void bfloat16IsCloseToFloat32() {
        double[] exact = model.logProbabilities(examples(), ComputeType.FLOAT32);
        double[] coarse = model.logProbabilities(examples(), ComputeType.BFLOAT16);
        for (int i = 0; i < exact.length; i++) {
            assertThat(coarse[i]).isCloseTo(exact[i], within(0.01 * Math.abs(exact[i])));
        }
    }

    @Test
    void generationFromSeveralThreadsGivesWhatOneThreadGives() {
        List<int[]> prompts = List.of(new int[] {1, 2, 3});
        int[] expected = model.generateTokens(prompts, Sampling.greedy(8), ProgressListener.SILENT).get(0).tokens();
        List<int[]> all = IntStream.range(0, 16).parallel().mapToObj(i ->
                model.generateTokens(prompts, Sampling.greedy(8), ProgressListener.SILENT).get(0).tokens()).toList();
        assertThat(all).allSatisfy(tokens -> assertThat(tokens).isEqualTo(expected));
    }

    @Test
    void aPromptThatFillsTheContextIsRefused() {
        assertThatThrownBy(() -> model.generateTokens(List.of(new int[64]), Sampling.greedy(1),
                ProgressListener.SILENT)).isInstanceOf(ContextLengthException.class)
                .hasMessage("The prompt has 64 tokens, but the model's context holds 64. Shorten it.");
        assertThatThrownBy(() -> model.example(List.of(Message.user("x".repeat(80))), "y"))
                .isInstanceOf(ContextLengthException.class).hasMessageContaining("83 tokens");
    }
}
