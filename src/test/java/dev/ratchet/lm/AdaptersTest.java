package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptersTest {
    private static final LoraSpec SPEC = new LoraSpec(4, 8);

    @TempDir
    private Path folder;

    private LanguageModel tiny() throws IOException {
        return TinyModel.create(folder.resolve("base"), true, 3);
    }

    private static List<Row> rows() {
        Random random = new Random(8);
        return List.of(new Row(TinyModel.tokens(random, 5), List.of(TinyModel.tokens(random, 7))),
                new Row(TinyModel.tokens(random, 9), List.of(TinyModel.tokens(random, 2))));
    }

    private static float[] logits(LanguageModel model) {
        return model.decoder().logits(rows(), ComputeType.FLOAT32);
    }

    private static void assertClose(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, tensor) ->
                assertThat(actual.get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    private static List<Example> examples() {
        Random random = new Random(2);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            examples.add(new Example(TinyModel.tokens(random, 4), TinyModel.tokens(random, 6)));
        }
        return examples;
    }

    @Test
    void whoAsksMeanwhileNeverSeesTheBareBase() throws IOException {
        try (LanguageModel model = tiny()) {
            float[] base = logits(model);
            model.adapters().attach("a", AdapterTest.random(model.config(), SPEC, 6));
            model.adapters().activate("a");
            float[] adapted = logits(model);
            assertThat(adapted).isNotEqualTo(base);
            CompletableFuture<float[]> meanwhile = model.adapters().without(() -> {
                CompletableFuture<float[]> asked = CompletableFuture.supplyAsync(() -> logits(model));
                assertThatThrownBy(() -> asked.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                assertThat(logits(model)).isEqualTo(base);
                return asked;
            });
            assertThat(meanwhile.join()).isEqualTo(adapted);
        }
    }

    private static TrainingSpec training(int checkpointEvery) {
        return new TrainingSpec(4, 2, 1, 1e-2, 0, TrainingSpec.Decay.CONSTANT, 0.01, 1, 4, checkpointEvery,
                ComputeType.FLOAT32);
    }

    private static void train(LanguageModel model, Path checkpoints, TrainingListener listener) {
        new SupervisedTrainer().trainTokens(model, examples(), training(checkpoints == null ? 0 : 4), checkpoints,
                listener);
    }

    @Test
    void aMergedAdapterComputesWhatItComputedBesideTheWeights() throws IOException {
        try (LanguageModel model = tiny()) {
            float[] bare = logits(model);
            Adapter adapter = AdapterTest.random(model.config(), SPEC, 6);
            model.adapters().attach("a", adapter);
            assertThat(logits(model)).isEqualTo(bare);
            model.adapters().activate("a");
            float[] beside = logits(model);
            assertThat(beside[0]).isNotCloseTo(bare[0], within(0.01f));
            try (LanguageModel copy = model.copy(ComputeType.FLOAT32)) {
                assertClose(logits(copy), beside, 1e-4f);
            }
            model.adapters().merge();
            assertThat(model.adapters().names()).isEmpty();
            assertClose(logits(model), beside, 1e-4f);
            Map<String, Tensor> unmerged = new LinkedHashMap<>();
            model.decoder().tensors().forEach((name, tensor) -> unmerged.put(name, adapter.unmerge(name, tensor)));
            model.decoder().assign(unmerged);
            assertClose(logits(model), bare, 1e-4f);
        }
    }

    @Test
    void theHeadIsAdaptedWhereItIsItsOwn() throws IOException {
        LoraSpec spec = new LoraSpec(2, 4, 0, ModuleFilter.named("lm_head", "o_proj"));
        try (LanguageModel model = TinyModel.create(folder.resolve("base"), false, 3)) {
            float[] bare = logits(model);
            model.adapters().attach("a", AdapterTest.random(model.config(), spec, 6));
            model.adapters().activate("a");
            float[] beside = logits(model);
            assertThat(beside[0]).isNotCloseTo(bare[0], within(0.01f));
            model.adapters().merge();
            assertClose(logits(model), beside, 1e-4f);
        }
        try (LanguageModel tied = tiny()) {
            assertThatThrownBy(() -> tied.adapt(spec, 1, "base")).isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("'lm_head'").hasMessageContaining("whose output head is its embedding");
        }
    }

    @Test
    void severalAdaptersShareOneBase() throws IOException {
        try (LanguageModel model = tiny()) {
            float[] bare = logits(model);
            model.adapters().attach("a", AdapterTest.random(model.config(), SPEC, 6));
            model.adapters().attach("b", AdapterTest.random(model.config(), new LoraSpec(2, 2, 0.5,
                    ModuleFilter.named("q_proj")), 7));
            model.adapters().activate("a");
            float[] a = logits(model);
            model.adapters().activate("b");
            assertThat(logits(model)).isNotEqualTo(a).isNotEqualTo(bare);
            model.adapters().activate("a");
            assertThat(logits(model)).isEqualTo(a);
            assertThat(model.adapters().names()).containsExactly("a", "b");
            model.adapters().activate(null);
            assertThat(logits(model)).isEqualTo(bare);
            model.adapters().activate("b");
            model.adapters().detach("b");
            assertThat(model.adapters().active()).isEmpty();
            assertThat(logits(model)).isEqualTo(bare);
            assertThatThrownBy(() -> model.adapters().activate("b")).hasMessageContaining("[a]");
        }
    }

    @Test
    void trainingChangesTheAdapterAndLeavesTheBase() throws IOException {
        try (LanguageModel model = tiny()) {
            Map<String, Tensor> before = model.decoder().tensors();
            double[] unadapted = model.logProbabilities(examples());
            model.adapt(SPEC, 1, "base");
            assertThat(model.logProbabilities(examples())).isEqualTo(unadapted);
            train(model, null, TrainingListener.SILENT);
            double[] adapted = model.logProbabilities(examples());
            assertThat(Arrays.stream(adapted).sum()).isGreaterThan(Arrays.stream(unadapted).sum() + 5);
            assertSame(model.decoder().tensors(), before);
            Tensor b = model.adapters().current().orElseThrow().weights()
                    .get("model.layers.1.mlp.down_proj.lora_B.weight");
            assertThat(b.values()).doesNotContain(0);
        }
    }

    @Test
    void dropoutActsInTrainingOnlyAndTheSameSeedDrawsTheSame() throws IOException {
        Map<String, Tensor> first = withDropout(0.5);
        assertSame(withDropout(0.5), first);
        assertThat(withDropout(0).get("model.layers.0.self_attn.q_proj.lora_A.weight").values())
                .isNotEqualTo(first.get("model.layers.0.self_attn.q_proj.lora_A.weight").values());
    }

    private Map<String, Tensor> withDropout(double share) throws IOException {
        try (LanguageModel model = tiny()) {
            model.adapters().attach("a", AdapterTest.random(model.config(),
                    new LoraSpec(4, 8, share, ModuleFilter.allLinear()), 6));
            model.adapters().activate("a");
            model.adapters().attach("without", AdapterTest.random(model.config(), SPEC, 6));
            float[] evaluated = logits(model);
            model.adapters().activate("without");
            assertThat(evaluated).isEqualTo(logits(model));
            model.adapters().activate("a");
            train(model, null, TrainingListener.SILENT);
            return model.decoder().trained();
        }
    }

    @Test
    void anAdaptersGradientsAreThoseOfFiniteDifferences() throws IOException {
        LoraSpec spec = new LoraSpec(3, 6, 0, true, ModuleFilter.allLinear(), ModuleFilter.NONE, List.of(),
                Map.of("down_proj", 2), Map.of("q_proj", 1.5));
        try (LanguageModel model = tiny()) {
            model.adapters().attach("a", AdapterTest.random(model.config(), spec, 6));
            model.adapters().activate("a");
            Map<String, Tensor> small = model.decoder().trained();
            small.values().forEach(w -> {
                for (int i = 0; i < w.values().length; i++) {
                    w.values()[i] *= 0.3f;
                }
            });
            model.decoder().assignTrained(small);
            GradientCheck.check(model.decoder(), new Likelihood(), examples().subList(0, 4));
        }
    }

    private record Likelihood() implements Objective<Example> {
        @Override
        public Decoder.Head head() {
            return Decoder.Head.LOG_PROBABILITY;
        }

        @Override
        public Row row(Example example) {
            return Row.of(example);
        }

        @Override
        public double scale(List<Example> step) {
            return 1;
        }

        @Override
        public Loss loss(List<Example> step, double[] outputs, double scale) {
            double[] derivative = new double[outputs.length];
            Arrays.fill(derivative, -1);
            return new Loss(-Arrays.stream(outputs).sum(), derivative, Map.of());
        }
    }

    @Test
    void aCheckpointOfOtherAdapterSettingsIsRefused() throws IOException {
        Path checkpoints = folder.resolve("checkpoints");
        try (LanguageModel model = tiny()) {
            model.adapt(SPEC, 1, "base");
            train(model, checkpoints, TrainingListener.SILENT);
        }
        for (LoraSpec other : List.of(new LoraSpec(4, 4), new LoraSpec(2, 8),
                new LoraSpec(4, 8, 0.1, ModuleFilter.allLinear()))) {
            try (LanguageModel model = tiny()) {
                model.adapt(other, 1, "base");
                assertThatThrownBy(() -> train(model, checkpoints, TrainingListener.SILENT))
                        .isInstanceOf(IllegalStateException.class).hasMessageContaining("checkpoint of another run");
            }
        }
    }

    @Test
    void anAdapterSavedAndLoadedOverItsBaseComputesTheSame() throws IOException {
        try (LanguageModel model = tiny()) {
            model.save(folder.resolve("base"), StorageType.FLOAT32);
            assertThatThrownBy(() -> model.saveAdapter(folder.resolve("adapter"), StorageType.FLOAT32))
                    .hasMessageContaining("No adapter is active");
            model.adapt(SPEC, 1, "base");
            train(model, null, TrainingListener.SILENT);
            float[] trained = logits(model);
            model.saveAdapter(folder.resolve("adapter"), StorageType.FLOAT32);
            model.save(folder.resolve("merged"), StorageType.FLOAT32);
            try (LanguageModel found = LanguageModel.load(folder.resolve("adapter"), ComputeType.FLOAT32);
                    LanguageModel given = LanguageModel.loadAdapter(folder.resolve("adapter"), folder.resolve("base"),
                            ComputeType.FLOAT32);
                    LanguageModel merged = LanguageModel.load(folder.resolve("merged"), ComputeType.FLOAT32)) {
                assertThat(logits(found)).isEqualTo(trained);
                assertThat(logits(given)).isEqualTo(trained);
                assertClose(logits(merged), trained, 1e-4f);
            }
        }
    }

    @Test
    void anAdapterWhoseBaseIsNotThereSaysSo() throws IOException {
        AdapterFolder.write(folder.resolve("adapter"), AdapterTest.random(AdapterTest.CONFIG, SPEC, 1),
                AdapterTest.CONFIG, StorageType.FLOAT32);
        assertThatThrownBy(() -> LanguageModel.load(folder.resolve("adapter"), ComputeType.FLOAT32))
                .isInstanceOf(ModelFormatException.class).hasMessageContaining("'base', which is not here");
    }

    @Test
    void aResumedRunGivesTheSameBytesAndItsCheckpointsHoldTheAdapterAlone() throws IOException {
        Map<String, Tensor> uninterrupted;
        try (LanguageModel model = tiny()) {
            model.adapt(SPEC, 1, "base");
            train(model, null, TrainingListener.SILENT);
            uninterrupted = model.decoder().trained();
        }
        Path checkpoints = folder.resolve("checkpoints");
        try (LanguageModel model = tiny()) {
            model.adapt(SPEC, 1, "base");
            assertThatThrownBy(() -> train(model, checkpoints, (step, total, metrics) -> {
                if (step == 6) {
                    throw new IllegalStateException("killed");
                }
            })).hasMessage("killed");
        }
        try (var files = Files.walk(checkpoints)) {
            for (Path weights : files.filter(f -> f.endsWith("weights.safetensors")).toList()) {
                assertThat(Safetensors.open(weights).names()).allMatch(name -> name.contains(".lora_"));
            }
        }
        try (LanguageModel model = tiny()) {
            model.adapt(SPEC, 1, "base");
            List<Integer> steps = new ArrayList<>();
            train(model, checkpoints, (step, total, metrics) -> steps.add(step));
            assertThat(steps.get(0)).isEqualTo(5);
            assertSame(model.decoder().trained(), uninterrupted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "patterns-rslora"})
    void peftsAdaptersGivePeftsLogits(String name) throws IOException {
        Path reference = Shared.path("golden/reference/adapters/" + name);
        Safetensors expected = Safetensors.open(reference.resolve("expected.safetensors"));
        long[] ids = expected.longs("input_ids");
        int[] tokens = new int[ids.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (int) ids[i];
        }
        List<Row> row = List.of(new Row(Arrays.copyOf(tokens, 1),
                List.of(Arrays.copyOfRange(tokens, 1, tokens.length))));
        float[] known = expected.floats("logits").values();
        try (LanguageModel model = LanguageModel.loadAdapter(reference, Shared.path("models/stories260k"),
                ComputeType.FLOAT32)) {
            assertClose(model.decoder().logits(row, ComputeType.FLOAT32), known, 1e-4f);
            model.adapters().merge();
            assertClose(model.decoder().logits(row, ComputeType.FLOAT32), known, 1e-4f);
        }
    }
}
