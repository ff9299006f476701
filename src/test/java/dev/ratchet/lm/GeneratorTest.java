package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratorTest {
    @TempDir
    static Path folder;
    private static LanguageModel model;
    /** As wide as the quantised products need, with a vocabulary that fills no whole register. */
    private static LanguageModel wide;

    @BeforeAll
    static void create() throws IOException {
        model = TinyModel.create(folder, true, 11);
        wide = LanguageModel.initialise(new ModelConfig(TinyModel.VOCABULARY, 64, 96, 2, 4, 2, 16, 128, 1e-5,
                RotaryScaling.plain(10000), false, 0.15, TinyModel.BEGIN, List.of(TinyModel.END), -1), folder, 7);
    }

    @AfterAll
    static void close() {
        model.close();
        wide.close();
    }

    private static List<Completion> write(LanguageModel own, List<int[]> prompts, Sampling sampling, WeightType type) {
        return own.generator().generate(prompts, sampling, type, ProgressListener.SILENT);
    }

    /** Probabilities that transformers' processors gave for these logits, in golden/reference/sampling.json. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
            "temperature 0.7, 0.7, 0, 1, 0, 1",
            "top_k 5, 1, 5, 1, 0, 1",
            "top_p 0.8, 1, 0, 0.8, 0, 1",
            "min_p 0.1, 1, 0, 1, 0.1, 1",
            "'temperature 0.8, top_k 12, top_p 0.9', 0.8, 12, 0.9, 0, 1",
            "'repetition_penalty 1.3 after [3, 5, 5, 9]', 1, 0, 1, 0, 1.3"})
    void tokensAreDrawnByTheProbabilitiesThatTransformersGives(String name, double temperature, int topK, double topP,
            double minP, double penalty) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(getClass().getResourceAsStream("/lm/sampling.json"));
        double[] logits = numbers(golden.get("logits"));
        float[] narrow = new float[logits.length];
        IntStream.range(0, narrow.length).forEach(i -> narrow[i] = (float) logits[i]);
        int[] seen = Arrays.stream(numbers(golden.get("seen"))).mapToInt(d -> (int) d).toArray();
        Sampling sampling = new Sampling(1, temperature, topK, topP, minP, penalty, 0, List.of());
        assertThat(model.generator().probabilities(narrow, seen, sampling))
                .containsExactly(numbers(golden.get("probabilities").get(name)), within(1e-6));
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    @Test
    void minPAndTopPKeepWhatTheirDefinitionsSayInAVocabularyLargerThanTheFirstRanking() {
        // 1,000 tokens of nearly equal probability: the share lies beyond the first 256 that are ranked.
        float[] logits = new float[1000];
        IntStream.range(0, logits.length).forEach(i -> logits[i] = -i * 1e-3f);
        double[] all = model.generator().probabilities(logits, new int[0], Sampling.plain(1, 0));
        double before = 0;
        int kept = 0;
        while (before < 0.6) {
            before += all[kept++];
        }
        double[] cut = model.generator().probabilities(logits, new int[0], new Sampling(1, 1, 0, 0.6, 0, List.of()));
        assertThat(kept).isGreaterThan(256);
        for (int i = 0; i < cut.length; i++) {
            assertThat(cut[i]).isCloseTo(i < kept ? all[i] / before : 0, within(1e-9));
        }
        double[] least = model.generator().probabilities(logits, new int[0], Sampling.plain(1, 0).withMinP(0.5));
        assertThat(Arrays.stream(least).filter(p -> p > 0).count()).isEqualTo(694);
        assertThat(Arrays.stream(least).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aRepetitionPenaltyCountsPromptAndReplyButNotThePaddingOfAMixedBatch() {
        Sampling sampling = Sampling.greedy(12).withRepetitionPenalty(1.8);
        List<int[]> prompts = List.of(new int[] {7, 8}, new int[] {3, 2, 1, 9, 9, 4, 30}, new int[] {5});
        List<Completion> together = write(model, prompts, sampling, WeightType.FLOAT32);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(together.get(i).drawn()).isEqualTo(uncached(prompts.get(i), 12, 1.8));
        }
    }

    /** The likeliest tokens by passes over everything so far. */
    private static int[] uncached(int[] prompt, int steps, double penalty) {
        int[] all = prompt.clone();
        while (all.length < prompt.length + steps) {
            float[] logits = model.decoder().logits(List.of(new Row(all, List.of(new int[] {0}))),
                    ComputeType.FLOAT32);
            float[] last = Arrays.copyOfRange(logits, (all.length - 1) * TinyModel.VOCABULARY,
                    all.length * TinyModel.VOCABULARY);
            Arrays.stream(all).distinct().forEach(t -> last[t] *= (float) (last[t] > 0 ? 1 / penalty : penalty));
            int best = IntStream.range(0, last.length).boxed().max((a, b) -> Float.compare(last[a], last[b]))
                    .orElseThrow();
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = best;
            if (best == TinyModel.END) {
                break;
            }
        }
        return Arrays.copyOfRange(all, prompt.length, all.length);
    }

    @Test
    void theGreedyReplyIsTheUncachedOneAndNoBatchChangesIt() {
        Random random = new Random(4);
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            prompts.add(TinyModel.tokens(random, 1 + random.nextInt(30)));
        }
        List<Completion> together = write(model, prompts, Sampling.greedy(16), WeightType.FLOAT32);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(together.get(i).drawn()).isEqualTo(uncached(prompts.get(i), 16, 1));
            assertThat(write(model, prompts.subList(i, i + 1), Sampling.greedy(16), WeightType.FLOAT32).get(0).drawn())
                    .isEqualTo(together.get(i).drawn());
        }
    }

    @Test
    void aSampledReplyDependsOnSeedAndPlaceAlone() {
        Random random = new Random(8);
        List<int[]> prompts = IntStream.range(0, 20).mapToObj(i -> TinyModel.tokens(random, 1 + i)).toList();
        Sampling sampling = new Sampling(16, 0.9, 30, 0.95, 0.01, 1.1, 5, List.of());
        List<Completion> together = write(model, prompts, sampling, WeightType.FLOAT32);
        // The first place alone, and others as the last of lists that hold short prompts before them.
        for (int place : new int[] {0, 3, 11, 19}) {
            List<int[]> other = new ArrayList<>(java.util.Collections.nCopies(place, new int[] {9}));
            other.add(prompts.get(place));
            assertThat(write(model, other, sampling, WeightType.FLOAT32).get(place).drawn())
                    .isEqualTo(together.get(place).drawn());
        }
    }

    @ParameterizedTest
    @EnumSource(WeightType.class)
    void theLogProbabilityIsTheModelsOwnOfWhatWasDrawn(WeightType type) {
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {5}, new int[] {9, 9, 4, 2, 7});
        double tolerance = switch (type) {
            case FLOAT32 -> 1e-4;
            case BFLOAT16 -> 0.2;
            case INT8 -> 0.5;
            case INT4 -> 5;
        };
        List<Completion> completions = write(wide, prompts, new Sampling(14, 0.8, 0, 1, 3, List.of()), type);
        for (int i = 0; i < prompts.size(); i++) {
            Completion completion = completions.get(i);
            double own = wide.logProbabilities(List.of(new Example(prompts.get(i), completion.drawn())))[0];
            assertThat(completion.logProbability()).isCloseTo(own, within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(value = WeightType.class, names = {"INT8", "INT4"})
    void aModelTooNarrowForQuantisedProductsIsRefused(WeightType type) {
        assertThatThrownBy(() -> write(model, List.of(new int[] {1}), Sampling.greedy(1), type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(type + " weights need a model whose widths are multiples of 32; this one has 16, 24 and 16."
                        + " Choose bfloat16 or float32.");
    }

    @Test
    void generationFollowsTheWeightsWhenTheyChange() throws IOException {
        try (LanguageModel own = TinyModel.create(folder, true, 11);
                LanguageModel other = TinyModel.create(folder, true, 12)) {
            List<int[]> prompts = List.of(new int[] {1, 2, 3, 4});
            Completion before = write(own, prompts, Sampling.greedy(8), WeightType.BFLOAT16).get(0);
            Completion expected = write(other, prompts, Sampling.greedy(8), WeightType.BFLOAT16).get(0);
            assertThat(before.tokens()).isNotEqualTo(expected.tokens());
            own.decoder().assign(other.decoder().tensors());
            assertThat(write(own, prompts, Sampling.greedy(8), WeightType.BFLOAT16).get(0).tokens())
                    .isEqualTo(expected.tokens());
            TrainingSpec spec = new TrainingSpec(1, 1, 1, 0.05, 0, TrainingSpec.Decay.CONSTANT, 0, 0, 1, 0,
                    ComputeType.FLOAT32);
            new SupervisedTrainer().trainTokens(own, List.of(new Example(new int[] {1, 2, 3, 4}, new int[] {6, 6})),
                    spec, null, (step, total, metrics) -> { });
            try (LanguageModel fresh = own.copy(ComputeType.FLOAT32)) {
                Completion trained = write(own, prompts, Sampling.plain(8, 3), WeightType.FLOAT32).get(0);
                assertThat(trained.logProbability())
                        .isEqualTo(write(fresh, prompts, Sampling.plain(8, 3), WeightType.FLOAT32).get(0).logProbability());
            }
        }
    }

    @Test
    void anActiveAdapterActsInGenerationAndStopsWhenItIsPutAway() throws IOException {
        try (LanguageModel own = TinyModel.create(folder, true, 11)) {
            Random random = new Random(2);
            Map<String, Tensor> adapter = new LinkedHashMap<>();
            Map<String, Double> scales = new LinkedHashMap<>();
            Map<String, long[]> shapes = own.config().weights();
            for (String module : List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
                    "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj")) {
                String name = "model.layers.0." + module;
                long[] shape = shapes.get(name + ".weight");
                adapter.put(name + ".lora_A.weight", random(random, 2, (int) shape[1]));
                adapter.put(name + ".lora_B.weight", random(random, (int) shape[0], 2));
                scales.put(name, 0.7);
            }
            List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {4});
            List<Completion> base = write(own, prompts, Sampling.plain(6, 9), WeightType.FLOAT32);
            own.decoder().attach("style", adapter, scales, 0);
            own.decoder().activate("style");
            List<Completion> styled = write(own, prompts, Sampling.plain(6, 9), WeightType.FLOAT32);
            for (int i = 0; i < prompts.size(); i++) {
                double unmerged = own.logProbabilities(
                        List.of(new Example(prompts.get(i), styled.get(i).drawn())))[0];
                assertThat(styled.get(i).logProbability()).isCloseTo(unmerged, within(1e-4))
                        .isNotCloseTo(base.get(i).logProbability(), within(1e-3));
            }
            own.decoder().activate(null);
            assertThat(write(own, prompts, Sampling.plain(6, 9), WeightType.FLOAT32).get(0).logProbability())
                    .isEqualTo(base.get(0).logProbability());
        }
    }

    @Test
    void aSmallChangeByAnAdapterIsNotRoundedAwayWhereNoTypeIsNamed() throws IOException {
        try (LanguageModel fresh = TinyModel.create(folder, true, 11)) {
            fresh.save(folder, StorageType.BFLOAT16);
        }
        try (LanguageModel own = LanguageModel.load(folder, ComputeType.BFLOAT16)) {
            String module = "model.layers.0.mlp.up_proj";
            long[] shape = own.config().weights().get(module + ".weight");
            Tensor down = random(new Random(2), 2, (int) shape[1]);
            Tensor up = random(new Random(3), (int) shape[0], 2);
            own.decoder().attach("young", Map.of(module + ".lora_A.weight", down, module + ".lora_B.weight", up),
                    Map.of(module, 1e-3), 0);
            List<int[]> prompts = List.of(new int[] {1, 2, 3});
            Sampling sampling = Sampling.greedy(8);
            double base = write(own, prompts, sampling, WeightType.FLOAT32).get(0).logProbability();
            assertThat(own.weightType()).isEqualTo(WeightType.BFLOAT16);
            own.decoder().activate("young");
            Completion written = own.generateTokens(prompts, sampling, ProgressListener.SILENT).get(0);
            double unmerged = own.logProbabilities(List.of(new Example(prompts.get(0), written.drawn())),
                    ComputeType.FLOAT32)[0];
            assertThat(Math.abs(unmerged - base)).isGreaterThan(5e-5);
            assertThat(written.logProbability()).isCloseTo(unmerged, within(Math.abs(unmerged - base) / 4));
        }
    }

    private static Tensor random(Random random, int rows, int columns) {
        float[] values = new float[rows * columns];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) (random.nextGaussian() * 0.3));
        return new Tensor(new long[] {rows, columns}, values);
    }

    @Test
    void promptsWithLittleRoomShareABatchAndAreCutAtTheContext() {
        int context = model.contextLength();
        Random random = new Random(3);
        List<int[]> prompts = List.of(TinyModel.tokens(random, context - 2), TinyModel.tokens(random, 3),
                TinyModel.tokens(random, context - 9));
        List<Completion> together = write(model, prompts, Sampling.greedy(context), WeightType.FLOAT32);
        for (int i = 0; i < prompts.size(); i++) {
            Completion alone = write(model, prompts.subList(i, i + 1), Sampling.greedy(context), WeightType.FLOAT32)
                    .get(0);
            assertThat(together.get(i).drawn()).isEqualTo(alone.drawn());
            assertThat(together.get(i).drawn().length).isLessThanOrEqualTo(context - prompts.get(i).length);
            assertThat(together.get(i).logProbability()).isCloseTo(alone.logProbability(), within(1e-3));
        }
    }

    @Test
    void aStopStringEndsAReplyAndIsLeftOut() {
        List<int[]> prompts = List.of(new int[] {1, 2, 3});
        Completion free = write(model, prompts, Sampling.greedy(12), WeightType.FLOAT32).get(0);
        String stop = free.text().substring(4, 6);
        int at = free.text().indexOf(stop);
        Completion cut = write(model, prompts, new Sampling(12, 0, 0, 1, 0, List.of(stop)), WeightType.FLOAT32).get(0);
        assertThat(cut.text()).isEqualTo(free.text().substring(0, at));
        assertThat(cut.finishReason()).isEqualTo("stop");
        assertThat(cut.drawn()).isEqualTo(Arrays.copyOf(free.drawn(), cut.drawn().length));
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatThrownBy(() -> new Sampling(1, 1, 0, 1, 1.5, 1, 0, List.of())).hasMessageContaining("minP");
        assertThatThrownBy(() -> Sampling.greedy(1).withRepetitionPenalty(0)).hasMessageContaining("repetitionPenalty");
        assertThatThrownBy(() -> model.generator().probabilities(new float[3], new int[0], Sampling.greedy(1)))
                .hasMessageContaining("temperature 0");
        assertThatThrownBy(() -> write(model, List.of(new int[0]), Sampling.greedy(1), WeightType.FLOAT32))
                .hasMessageContaining("no tokens");
        assertThatThrownBy(() -> WeightType.named("int3"))
                .hasMessage("There is no weight type 'int3'; choose one of float32, bfloat16, int8, int4.");
    }

    @Test
    void theMeanLogRatioOfWhatAModelDrawsPlainlyIsItsDivergenceFromAnother() throws IOException {
        try (LanguageModel other = LanguageModel.initialise(wide.config(), folder, 8)) {
            int[] prompt = {1, 2, 3};
            double[] p = wide.generator().probabilities(last(wide, prompt), new int[0], Sampling.plain(1, 0));
            double[] q = other.generator().probabilities(last(other, prompt), new int[0], Sampling.plain(1, 0));
            double divergence = 0;
            double square = 0;
            for (int i = 0; i < p.length; i++) {
                divergence += p[i] * Math.log(p[i] / q[i]);
                square += p[i] * Math.pow(Math.log(p[i] / q[i]), 2);
            }
            int draws = 4000;
            List<Example> drawn = write(wide, java.util.Collections.nCopies(draws, prompt), Sampling.plain(1, 21),
                    WeightType.FLOAT32).stream().map(c -> new Example(prompt, c.drawn())).toList();
            double[] own = wide.logProbabilities(drawn);
            double[] theirs = other.logProbabilities(drawn);
            double mean = IntStream.range(0, draws).mapToDouble(i -> own[i] - theirs[i]).average().orElseThrow();
            double error = Math.sqrt((square - divergence * divergence) / draws);
            assertThat(mean).isCloseTo(divergence, within(4 * error));
        }
    }

    private static float[] last(LanguageModel own, int[] prompt) {
        float[] logits = own.decoder().logits(List.of(new Row(Arrays.copyOf(prompt, prompt.length - 1),
                List.of(new int[] {prompt[prompt.length - 1]}))), ComputeType.FLOAT32);
        int vocabulary = own.config().vocabularySize();
        return Arrays.copyOfRange(logits, (prompt.length - 1) * vocabulary, prompt.length * vocabulary);
    }
}
