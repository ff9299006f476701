package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceTrainerTest {
    @TempDir
    Path folder;

    private static List<PreferencePair> pairs() {
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            pairs.add(new PreferencePair(List.of(Message.user("q" + i)), "yes" + i, "no " + i, 1 + i % 2, 0));
        }
        return pairs;
    }

    private static TrainingSpec spec(int checkpointEvery) {
        return new TrainingSpec(4, 6, 1, 2e-3, 0.1, TrainingSpec.Decay.LINEAR, 0, 1, 3, checkpointEvery,
                ComputeType.FLOAT32);
    }

    @Test
    void aPairsWeightCountsInAStepOfItsOwn() throws IOException {
        TrainingSpec one = new TrainingSpec(1, 1, 1, 1e-9, 0, TrainingSpec.Decay.CONSTANT, 0, 0, 3, 0,
                ComputeType.FLOAT32);
        List<Double> losses = new ArrayList<>();
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            List<PreferencePair> pairs = List.of(new PreferencePair(List.of(Message.user("a")), "yes", "no", 3, 0),
                    new PreferencePair(List.of(Message.user("b")), "yes", "no", 1, 0));
            new PreferenceTrainer().train(policy, pairs, PreferenceSpec.of(PairLoss.SIGMOID, 0.1), one, null,
                    (step, total, metrics) -> losses.add(metrics.get("loss")));
        }
        losses.sort(null);
        assertThat(losses).hasSize(2);
        assertThat(losses.get(0)).isCloseTo(0.5 * Math.log(2), within(1e-5));
        assertThat(losses.get(1)).isCloseTo(1.5 * Math.log(2), within(1e-5));
    }

    @Test
    void thePolicyComesToPreferWhatPeopleChoseAndTheFirstLossIsThatOfIndifference() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            List<Map<String, Double>> steps = new ArrayList<>();
            PreferenceSpec loss = PreferenceSpec.of(PairLoss.SIGMOID, 0.2).withSupervised(0.1);
            List<PreferencePair> equal = pairs().stream()
                    .map(p -> new PreferencePair(p.conversation(), p.chosen(), p.rejected())).toList();
            new PreferenceTrainer().train(policy, equal, loss, spec(0), null,
                    (step, total, metrics) -> steps.add(metrics));
            Map<String, Double> first = steps.get(0);
            assertThat(first.get("loss") - 0.1 * first.get("supervised_loss")).isCloseTo(Math.log(2), within(1e-5));
            assertThat(first.get("kl_estimate")).isCloseTo(0, within(1e-4));
            Map<String, Double> last = steps.get(steps.size() - 1);
            assertThat(last.get("accuracy")).isGreaterThan(0.9);
            assertThat(last.get("margin")).isPositive();
            assertThat(last).containsKeys("chosen_reward", "rejected_reward", "chosen_log_probability_change",
                    "chosen_fell");
        }
    }

    @Test
    void aLossWithoutAReferenceIsTrainedWithoutOne() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            List<Map<String, Double>> steps = new ArrayList<>();
            PreferenceTrainer.Result result = new PreferenceTrainer().train(policy, pairs(),
                    PreferenceSpec.of(PairLoss.ORPO, 0.5), spec(0), null, (step, total, metrics) -> steps.add(metrics));
            assertThat(steps.get(15)).doesNotContainKeys("chosen_fell", "kl_estimate", "chosen_log_probability_change");
            assertThat(steps.get(15).get("loss")).isLessThan(steps.get(0).get("loss"));
            assertThat(result.warnings()).isEmpty();
        }
    }

    @Test
    void aResumedRunUsesTheReferenceOfTheBeginningAndEndsEqual() throws IOException {
        double[] straight = train(folder.resolve("a"), TrainingListener.SILENT);
        assertThatThrownBy(() -> train(folder.resolve("b"), (step, total, metrics) -> {
            if (step == 5) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");
        assertThat(train(folder.resolve("b"), TrainingListener.SILENT)).isEqualTo(straight);
    }

    private double[] train(Path checkpoints, TrainingListener listener) throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 6)) {
            new PreferenceTrainer().train(policy, pairs(), PreferenceSpec.of(PairLoss.SIGMOID, 0.2), spec(3),
                    checkpoints, listener);
            return policy.logProbabilities(pairs().stream()
                    .map(p -> policy.example(p.conversation(), p.chosen())).toList());
        }
    }
}
