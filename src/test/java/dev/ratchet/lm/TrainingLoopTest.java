package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingLoopTest {
    @TempDir
    Path folder;

    private static List<Example> examples(int count) {
        Random random = new Random(2);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(new Example(TinyModel.tokens(random, 2 + random.nextInt(6)),
                    TinyModel.tokens(random, 1 + random.nextInt(8))));
        }
        return examples;
    }

    private static TrainingSpec spec(int epochs, int batch, int accumulation, int checkpointEvery) {
        return new TrainingSpec(epochs, batch, accumulation, 1e-2, 0.2, TrainingSpec.Decay.COSINE, 0.01, 1, 5,
                checkpointEvery, ComputeType.FLOAT32);
    }

    private Map<String, Tensor> trained(TrainingSpec spec, Path checkpoints, TrainingListener listener)
            throws IOException {
        try (LanguageModel model = TinyModel.create(folder.resolve("model"), true, 4)) {
            new SupervisedTrainer().trainTokens(model, examples(13), spec, checkpoints, listener);
            return model.decoder().tensors();
        }
    }

    @Test
    void trainingLowersTheLossAndReportsEveryStep() throws IOException {
        List<Double> losses = new ArrayList<>();
        trained(spec(10, 4, 1, 0), null, (step, total, metrics) -> {
            assertThat(total).isEqualTo(40);
            assertThat(metrics).containsKeys("loss", "gradient_norm", "learning_rate", "tokens_per_second");
            losses.add(metrics.get("loss"));
        });
        assertThat(losses).hasSize(40);
        assertThat(losses.get(39)).isLessThan(losses.get(0) / 2);
    }

    @Test
    void fourPassesOfOneEqualOnePassOfFour() throws IOException {
        Map<String, Tensor> whole = trained(spec(2, 4, 1, 0), null, TrainingListener.SILENT);
        Map<String, Tensor> parts = trained(spec(2, 1, 4, 0), null, TrainingListener.SILENT);
        whole.forEach((name, tensor) -> assertThat(parts.get(name).values()).as(name)
                .containsExactly(tensor.values(), within(2e-4f)));
    }

    @Test
    void aRunThatWasKilledAndResumedEqualsAnUninterruptedOneBitForBit() throws IOException {
        Map<String, Tensor> straight = trained(spec(3, 2, 2, 2), folder.resolve("a"), TrainingListener.SILENT);
        Path checkpoints = folder.resolve("b");
        assertThatThrownBy(() -> trained(spec(3, 2, 2, 2), checkpoints, (step, total, metrics) -> {
            if (step == 7) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");
        List<Integer> seen = new ArrayList<>();
        Map<String, Tensor> resumed = trained(spec(3, 2, 2, 2), checkpoints, (step, total, m) -> seen.add(step));
        assertThat(seen).startsWith(7).endsWith(12);
        straight.forEach((name, tensor) -> assertThat(resumed.get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    @Test
    void aDamagedCheckpointLosesItsStepsButNotTheRun() throws IOException {
        Map<String, Tensor> straight = trained(spec(3, 2, 2, 2), folder.resolve("a"), TrainingListener.SILENT);
        try (Stream<Path> kept = Files.list(folder.resolve("a"))) {
            assertThat(kept.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("step-000000010", "step-000000012");
        }
        Path weights = folder.resolve("a/step-000000012/weights.safetensors");
        Files.write(weights, java.util.Arrays.copyOf(Files.readAllBytes(weights), 5000));
        List<Integer> seen = new ArrayList<>();
        Map<String, Tensor> resumed = trained(spec(3, 2, 2, 2), folder.resolve("a"), (s, t, m) -> seen.add(s));
        assertThat(seen).containsExactly(11, 12);
        straight.forEach((name, tensor) -> assertThat(resumed.get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"step\": 12, \"ru"})
    void aCheckpointWithoutAWholeStateLosesItsStepsButNotTheRun(String state) throws IOException {
        trained(spec(3, 2, 2, 2), folder.resolve("a"), TrainingListener.SILENT);
        Files.writeString(folder.resolve("a/step-000000012/state.json"), state);
        List<Integer> seen = new ArrayList<>();
        trained(spec(3, 2, 2, 2), folder.resolve("a"), (s, t, m) -> seen.add(s));
        assertThat(seen).containsExactly(11, 12);
    }

    @Test
    void trainingEndsWhereAnotherAdapterIsMadeActive() throws IOException {
        try (LanguageModel model = TinyModel.create(folder.resolve("model"), true, 4)) {
            model.adapt(new LoraSpec(2, 4), 1, "base");
            assertThatThrownBy(() -> new SupervisedTrainer().trainTokens(model, examples(13), spec(1, 4, 1, 0), null,
                    (step, total, metrics) -> model.adapters().activate(null)))
                    .hasMessageContaining("Another adapter was made active");
        }
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() throws IOException {
        trained(spec(1, 2, 2, 2), folder.resolve("a"), TrainingListener.SILENT);
        assertThatThrownBy(() -> trained(spec(2, 2, 2, 2), folder.resolve("a"), TrainingListener.SILENT))
                .hasMessageContaining("is a checkpoint of another run");
        try (LanguageModel other = TinyModel.create(folder.resolve("other"), true, 5)) {
            assertThatThrownBy(() -> new SupervisedTrainer().trainTokens(other, examples(13), spec(1, 2, 2, 2),
                    folder.resolve("a"), TrainingListener.SILENT)).as("the same run from other weights")
                    .hasMessageContaining("is a checkpoint of another run");
        }
    }

    @Test
    void theScheduleWarmsUpAndDecays() {
        TrainingSpec spec = new TrainingSpec(1, 1, 1, 1, 0.5, TrainingSpec.Decay.LINEAR, 0, 0, 0, 0,
                ComputeType.FLOAT32);
        assertThat(List.of(spec.rate(1, 8), spec.rate(4, 8), spec.rate(5, 8), spec.rate(7, 8), spec.rate(8, 8)))
                .containsExactly(0.25, 1.0, 1.0, 0.5, 0.25);
        TrainingSpec cosine = new TrainingSpec(1, 1, 1, 1, 0, TrainingSpec.Decay.COSINE, 0, 0, 0, 0,
                ComputeType.FLOAT32);
        assertThat(cosine.rate(1, 4)).isEqualTo(1);
        assertThat(cosine.rate(3, 4)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void everyExampleComesOnceInEachEpoch() {
        int[] lengths = new Random(3).ints(101, 1, 50).toArray();
        DataOrder order = new DataOrder(lengths, spec(2, 4, 2, 0));
        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(order.epoch(epoch).stream().flatMapToInt(java.util.Arrays::stream).sorted().toArray())
                    .isEqualTo(java.util.stream.IntStream.range(0, 101).toArray());
        }
        assertThat(order.epoch(0).get(0)).isNotEqualTo(order.epoch(1).get(0));
        assertThat(order.epoch(1).get(3)).isEqualTo(order.epoch(1).get(3));
    }

    @Test
    void anEmptyListAndAnExampleBeyondTheContextAreRefused() throws IOException {
        try (LanguageModel model = TinyModel.create(folder, true, 4)) {
            assertThatThrownBy(() -> new SupervisedTrainer().trainTokens(model, List.of(), spec(1, 1, 1, 0), null,
                    TrainingListener.SILENT)).hasMessageContaining("nothing to train on");
            assertThatThrownBy(() -> new SupervisedTrainer().trainTokens(model,
                    List.of(new Example(new int[60], new int[5])), spec(1, 1, 1, 0), null, TrainingListener.SILENT))
                    .isInstanceOf(ContextLengthException.class);
        }
    }
}
