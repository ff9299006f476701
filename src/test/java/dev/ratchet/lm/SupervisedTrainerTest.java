package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTrainerTest {
    @TempDir
    Path folder;

    private static TrainingSpec spec(int epochs, int batch) {
        return new TrainingSpec(epochs, batch, 1, 1e-2, 0, TrainingSpec.Decay.CONSTANT, 0, 1, 5, 0,
                ComputeType.FLOAT32);
    }

    private Map<String, Tensor> trained(List<Row> rows, TrainingSpec spec, List<Map<String, Double>> steps)
            throws IOException {
        try (LanguageModel model = TinyModel.create(folder.resolve("model"), true, 4)) {
            new SupervisedTrainer().trainRows(model, rows, spec, null, (step, total, metrics) -> steps.add(metrics));
            return model.decoder().tensors();
        }
    }

    @Test
    void onlyTheLearnedTurnsAreLearnedAndTheOthersAreSeen() throws IOException {
        Random random = new Random(3);
        int[] prompt = TinyModel.tokens(random, 4);
        int[] rest = TinyModel.tokens(random, 9);
        boolean[] mask = {true, true, false, false, false, true, true, true, false};
        List<Map<String, Double>> steps = new ArrayList<>();
        trained(List.of(new Row(prompt, List.of(rest), List.of(mask))), spec(1, 1), steps);
        try (LanguageModel model = TinyModel.create(folder.resolve("model"), true, 4)) {
            double sum = 0;
            for (int i = 0; i < rest.length; i++) {
                int[] before = Arrays.copyOf(prompt, prompt.length + i);
                System.arraycopy(rest, 0, before, prompt.length, i);
                sum -= mask[i] ? model.logProbabilities(List.of(new Example(before, new int[] {rest[i]})))[0] : 0;
            }
            assertThat(steps.get(0).get("loss")).isCloseTo(sum / 5, within(1e-5));
        }
        assertThat(steps.get(0)).containsEntry("completion_tokens", 5.0).containsEntry("tokens", 13.0);
        assertThat(steps.get(0).get("entropy")).isBetween(0.0, Math.log(TinyModel.VOCABULARY));
    }

    @Test
    void theGradientAgreesWithFiniteDifferences() throws IOException {
        Random random = new Random(3);
        boolean[] mask = {true, false, true, true, false, true};
        try (LanguageModel model = TinyModel.create(folder.resolve("model"), true, 4)) {
            GradientCheck.check(model.decoder(), new SupervisedTrainer.Likelihood(), List.of(
                    new Row(TinyModel.tokens(random, 4), List.of(TinyModel.tokens(random, 6)), List.of(mask)),
                    new Row(TinyModel.tokens(random, 2),
                            List.of(TinyModel.tokens(random, 3), TinyModel.tokens(random, 5)))));
        }
    }

    @Test
    void packedTextsAreLearnedAsEachAlone() throws IOException {
        List<String> texts = List.of("a first text", "another one", "x", "the longest of these texts is cut in pieces",
                "end");
        List<Row> packed;
        try (LanguageModel model = TinyModel.create(folder.resolve("model"), true, 4)) {
            packed = PackedText.rows(model, texts, 24);
            assertThatThrownBy(() -> PackedText.rows(model, texts, 65)).hasMessageContaining("context of 64");
            assertThatThrownBy(() -> PackedText.rows(model, List.of("a", " \n"), 24)).hasMessage("Text 2 is blank.");
        }
        int tokens = texts.stream().mapToInt(String::length).sum() + texts.size();
        assertThat(packed).hasSize(4).allMatch(row -> row.length() <= 24);
        assertThat(packed.stream().mapToInt(Decoder.Head.TOKEN_LOG_PROBABILITY::outputs).sum()).isEqualTo(tokens);
        List<Row> alone = packed.stream().flatMap(row -> row.continuations().stream()
                .map(text -> new Row(row.prompt(), List.of(text)))).toList();
        Map<String, Tensor> together = trained(packed, spec(3, packed.size()), new ArrayList<>());
        trained(alone, spec(3, alone.size()), new ArrayList<>())
                .forEach((name, tensor) -> assertThat(together.get(name).values()).as(name)
                        .containsExactly(tensor.values(), within(2e-4f)));
    }
}
