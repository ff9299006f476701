package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.lm.Adapter;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceScoresTest {
    @TempDir
    Path folder;
    private final Random random = new Random(4);
    private final List<Row> rows = List.of(row(), row(), row());
    private int computed;
    private final ProgressListener counting = (done, total) -> computed++;

    private Row row() {
        return new Row(TinyModel.tokens(random, 4), List.of(TinyModel.tokens(random, 3), TinyModel.tokens(random, 6)));
    }

    @BeforeEach
    void forget() {
        computed = 0;
    }

    private double[] scores(LanguageModel policy, Reference reference, ComputeType type, List<Row> of) {
        return new ReferenceScores(reference, policy, type, folder.resolve("run")).of(of, counting);
    }

    private long files(String below) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files.count();
        }
    }

    @Test
    void theyAreComputedOnceForTheSameDataWeightsAndTypeAndAnewForOthers() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 1);
                LanguageModel other = TinyModel.create(folder.resolve("other"), true, 2)) {
            double[] first = scores(policy, Reference.ITSELF, ComputeType.FLOAT32, rows);
            assertThat(computed).isPositive();
            forget();
            assertThat(scores(policy, Reference.ITSELF, ComputeType.FLOAT32, rows)).isEqualTo(first);
            assertThat(computed).as("read from the file").isZero();
            assertThat(scores(policy, Reference.of(other), ComputeType.FLOAT32, rows)).isNotEqualTo(first);
            assertThat(scores(policy, Reference.ITSELF, ComputeType.FLOAT64, rows)).isNotEqualTo(first);
            assertThat(scores(policy, Reference.ITSELF, ComputeType.FLOAT32, rows.subList(0, 2))).hasSize(4);
            assertThat(files("run")).isEqualTo(4);
        }
    }

    @Test
    void anotherRunFindsThemInAFolderOfItsChoiceByTheReferencesVersion() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 1)) {
            Reference versioned = Reference.ITSELF.cachedIn(folder.resolve("cache"), "base@1");
            double[] first = scores(policy, versioned, ComputeType.FLOAT32, rows);
            forget();
            assertThat(scores(policy, versioned, ComputeType.FLOAT32, rows)).isEqualTo(first);
            assertThat(computed).isZero();
            assertThat(folder.resolve("run")).doesNotExist();
            scores(policy, versioned.cachedIn(folder.resolve("cache"), "base@2"), ComputeType.FLOAT32, rows);
            assertThat(files("cache")).isEqualTo(2);
        }
    }

    @Test
    void aDamagedFileCostsOneMoreComputation() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 1)) {
            double[] first = scores(policy, Reference.ITSELF, ComputeType.FLOAT32, rows);
            try (Stream<Path> files = Files.list(folder.resolve("run"))) {
                Files.writeString(files.findFirst().orElseThrow(), "{\"key\":");
            }
            forget();
            assertThat(scores(policy, Reference.ITSELF, ComputeType.FLOAT32, rows)).isEqualTo(first);
            assertThat(computed).isPositive();
        }
    }

    @Test
    void theReferenceOfAnAdaptedPolicyIsThePolicyWithoutItsAdapter() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 1)) {
            double[] base = scores(policy, Reference.ITSELF, ComputeType.FLOAT32, rows);
            policy.adapt(new LoraSpec(2, 4), 3, "base");
            Map<String, Tensor> moved = new LinkedHashMap<>();
            policy.decoder().trained().forEach((name, tensor) -> {
                float[] values = tensor.values().clone();
                Arrays.fill(values, 0.3f);
                moved.put(name, new Tensor(tensor.shape(), values));
            });
            policy.decoder().assignTrained(moved);
            forget();
            assertThat(scores(policy, Reference.ITSELF, ComputeType.FLOAT32, rows)).isEqualTo(base);
            assertThat(computed).as("the base is the same, so the file serves").isZero();
            assertThat(policy.adapters().active()).isPresent();
            Adapter adapter = policy.adapters().current().orElseThrow();
            assertThat(adapter.weights().values().iterator().next().values()).containsOnly(0.3f);
            assertThat(scores(policy, Reference.of(policy), ComputeType.FLOAT32, rows)).isNotEqualTo(base);
        }
    }
}
