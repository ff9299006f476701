package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.UnpairedExample;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KtoTrainerTest {
    @TempDir
    Path folder;

    private static List<UnpairedExample> examples() {
        return IntStream.range(0, 24).mapToObj(i -> new UnpairedExample(List.of(Message.user("q" + i)),
                i % 2 == 0 ? "yes" + i : "no " + i, i % 2 == 0)).toList();
    }

    private static TrainingSpec spec(int batch) {
        return new TrainingSpec(6, batch, 1, 2e-3, 0.1, TrainingSpec.Decay.LINEAR, 0, 1, 3, 0, ComputeType.FLOAT32);
    }

    @Test
    void desirableRepliesBecomeLikelierThanUndesirableOnesAndTheFirstLossIsThatOfIndifference() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            List<Map<String, Double>> steps = new ArrayList<>();
            PreferenceTrainer.Result result = new KtoTrainer().train(policy, examples(), new Kto(0.3), spec(6), null,
                    (step, total, metrics) -> steps.add(metrics));
            Map<String, Double> first = steps.get(0);
            assertThat(first.get("loss")).isCloseTo(0.5, within(1e-6));
            assertThat(first.get("kl")).isCloseTo(0, within(1e-5));
            assertThat(steps.get(steps.size() - 1).get("margin")).isGreaterThan(0.5);
            assertThat(steps).allSatisfy(metrics -> assertThat(metrics)
                    .containsKeys("chosen_reward", "rejected_reward", "kl", "entropy", "tokens")
                    .doesNotContainKeys("chosen_share", "rejected_share"));
            assertThat(result.steps()).isEqualTo(24);
        }
    }

    @Test
    void aPromptIsMismatchedWithTheReplyBeforeItInItsPassButNeverWithItsOwnPromptsReplyWhereThereIsAnother() {
        List<Example> examples = new ArrayList<>();
        for (int[] prompt : new int[][] {{1}, {2}, {2}, {3}, {4}, {4}}) {
            examples.add(new Example(prompt, new int[] {10 + examples.size()}));
        }
        int[][] mismatched = KtoTrainer.mismatched(examples, 4);
        assertThat(Arrays.stream(mismatched).mapToInt(reply -> reply[0]))
                .containsExactly(13, 10, 10, 12, 15, 14);
        assertThat(KtoTrainer.mismatched(examples.subList(0, 5), 4)[4]).as("alone in its pass").containsExactly(13);
    }

    @Test
    void aMismatchedReplyThatIsTooLongForThePromptIsCutToTheContext() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            List<UnpairedExample> examples = List.of(
                    new UnpairedExample(List.of(Message.user("q".repeat(50))), "short", true),
                    new UnpairedExample(List.of(Message.user("q")), "r".repeat(50), false));
            List<Map<String, Double>> steps = new ArrayList<>();
            new KtoTrainer().train(policy, examples, new Kto(0.3), spec(2), null, (step, total, m) -> steps.add(m));
            assertThat(steps).hasSize(6).allSatisfy(metrics -> assertThat(metrics.get("loss")).isFinite());
        }
    }

    @Test
    void passesAddUpToOneWhereTheirDivergencesAreEqual() throws IOException {
        Map<String, Tensor> whole = afterOneStep(8, 1);
        afterOneStep(2, 4).forEach((name, tensor) -> assertThat(tensor.values()).as(name)
                .containsExactly(whole.get(name).values(), within(2e-4f)));
    }

    /** Before the first step the policy is the reference, and every divergence is zero. */
    private Map<String, Tensor> afterOneStep(int batch, int accumulation) throws IOException {
        TrainingSpec step = new TrainingSpec(1, batch, accumulation, 5e-3, 0, TrainingSpec.Decay.CONSTANT, 0, 1, 3, 0,
                ComputeType.FLOAT32);
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            new KtoTrainer().train(policy, examples().subList(0, 8), new Kto(0.3), step, null, TrainingListener.SILENT);
            return policy.decoder().trained();
        }
    }

    @Test
    void aPassOfOneIsRefused() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            assertThatThrownBy(() -> new KtoTrainer().train(policy, examples(), new Kto(0.3), spec(1), null,
                    TrainingListener.SILENT)).hasMessageContaining("batchSize of at least 2");
        }
    }
}
