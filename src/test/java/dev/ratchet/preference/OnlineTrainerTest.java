package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnlineTrainerTest {
    /** The share of characters below 'P': something that a tiny model can learn to please. */
    private static final RewardFunction LOW = replies -> replies.stream()
            .mapToDouble(r -> r.reply().chars().filter(c -> c < 'P').count() / (1.0 + r.reply().length())).toArray();

    @TempDir
    Path folder;

    private static List<List<Message>> prompts(int count) {
        return IntStream.range(0, count).mapToObj(i -> List.of(Message.user("q" + i))).toList();
    }

    private static TrainingSpec training(int epochs, int batch, int accumulation, int checkpointEvery) {
        return new TrainingSpec(epochs, batch, accumulation, 1e-2, 0, TrainingSpec.Decay.CONSTANT, 0, 1, 5,
                checkpointEvery, ComputeType.FLOAT32);
    }

    private static OnlineSpec spec(OnlineMethod method, KlEstimator estimator, int iterations) {
        return new OnlineSpec(method, 4, 8, 0.05, estimator, new ClippedRatio(0.2, 0.2), iterations, 0.001);
    }

    private Map<String, Tensor> trained(OnlineSpec spec, TrainingSpec training, Path checkpoints,
            TrainingListener listener) throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 6)) {
            new OnlineTrainer().train(policy, prompts(6), LOW, spec, training, checkpoints, listener);
            return policy.decoder().tensors();
        }
    }

    @ParameterizedTest
    @EnumSource(OnlineMethod.class)
    void thePolicyComesToWriteWhatIsRewarded(OnlineMethod method) throws IOException {
        List<Map<String, Double>> steps = new ArrayList<>();
        trained(spec(method, KlEstimator.K3, 2), training(10, 6, 1, 0), null, (step, total, metrics) -> {
            assertThat(total).isEqualTo(20);
            steps.add(metrics);
        });
        Map<String, Double> first = steps.get(0);
        assertThat(first).containsKeys("loss", "reward", "reward_deviation", "kl", "entropy", "reply_tokens",
                "finished", "clipped", "tokens", "completion_tokens", "gradient_norm", "learning_rate",
                "tokens_per_second");
        assertThat(first.get("kl")).as("the policy is its own reference").isCloseTo(0, within(1e-5));
        assertThat(first.get("clipped")).isZero();
        Map<String, Double> last = steps.get(19);
        assertThat(last.get("reward")).isGreaterThan(first.get("reward") + 0.1);
        assertThat(last.get("kl")).isPositive();
    }

    @Test
    void aRunThatWasKilledWithinABatchOfSamplesEqualsAnUninterruptedOneBitForBit() throws IOException {
        OnlineSpec spec = spec(OnlineMethod.GRPO, KlEstimator.K3, 2);
        Map<String, Tensor> straight = trained(spec, training(3, 3, 1, 1), folder.resolve("a"),
                TrainingListener.SILENT);
        assertThatThrownBy(() -> trained(spec, training(3, 3, 1, 1), folder.resolve("b"), (step, total, metrics) -> {
            if (step == 7) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");
        List<Integer> seen = new ArrayList<>();
        Map<String, Tensor> resumed = trained(spec, training(3, 3, 1, 1), folder.resolve("b"),
                (step, total, metrics) -> seen.add(step));
        assertThat(seen).startsWith(7).endsWith(12);
        straight.forEach((name, tensor) -> assertThat(resumed.get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    @ParameterizedTest
    @EnumSource(OnlineMethod.class)
    void passesOfOneGroupAddUpToOnePassOfAll(OnlineMethod method) throws IOException {
        OnlineSpec spec = spec(method, KlEstimator.K1, 1);
        Map<String, Tensor> whole = trained(spec, training(1, 6, 1, 0), null, TrainingListener.SILENT);
        Map<String, Tensor> parts = trained(spec, training(1, 1, 6, 0), null, TrainingListener.SILENT);
        whole.forEach((name, tensor) -> assertThat(parts.get(name).values()).as(name)
                .containsExactly(tensor.values(), within(2e-4f)));
    }

    @Test
    void aCheckpointOfARunWithAnotherRewardIsRefused() throws IOException {
        OnlineSpec spec = OnlineSpec.rloo(2, 4, 0);
        try (LanguageModel trunk = TinyModel.create(folder.resolve("trunk"), true, 1);
                RewardModel first = RewardModel.fromTrunk(trunk, Pooling.LAST);
                RewardModel second = RewardModel.fromTrunk(trunk, Pooling.MEAN)) {
            runWith(RewardFunction.of(first), spec);
            runWith(RewardFunction.of(first), spec);
            assertThatThrownBy(() -> runWith(RewardFunction.of(second), spec))
                    .hasMessageContaining("is a checkpoint of another run");
        }
    }

    private void runWith(RewardFunction rewards, OnlineSpec spec) throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 6)) {
            new OnlineTrainer().train(policy, prompts(2), rewards, spec, training(1, 2, 1, 1), folder.resolve("run"),
                    TrainingListener.SILENT);
        }
    }

    @Test
    void tokensPerSecondCountTheTimeThatSamplingAndScoringTake() throws IOException {
        List<Map<String, Double>> steps = new ArrayList<>();
        RewardFunction slow = replies -> {
            long until = System.nanoTime() + 300_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return LOW.score(replies);
        };
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            new OnlineTrainer().train(policy, prompts(1), slow, OnlineSpec.rloo(2, 4, 0), training(1, 1, 1, 0), null,
                    (step, total, metrics) -> steps.add(metrics));
        }
        assertThat(steps).singleElement().satisfies(metrics ->
                assertThat(metrics.get("tokens_per_second")).isLessThan(metrics.get("tokens") / 0.3));
    }

    @Test
    void aRewardThatIsNoNumberIsRefused() throws IOException {
        try (LanguageModel policy = TinyModel.create(folder, true, 6)) {
            assertThatThrownBy(() -> new OnlineTrainer().train(policy, prompts(1),
                    replies -> new double[] {0, 1, 2, Double.NaN}, OnlineSpec.rloo(4, 4, 0), training(1, 1, 1, 0), null,
                    TrainingListener.SILENT)).hasMessageContaining("one finite number for each of the 4 replies");
            assertThatThrownBy(() -> new OnlineTrainer().train(policy, List.of(), LOW, OnlineSpec.grpo(4, 4, 0),
                    training(1, 1, 1, 0), null, TrainingListener.SILENT)).hasMessageContaining("prompts is empty");
        }
        assertThatThrownBy(() -> OnlineSpec.rloo(1, 4, 0)).hasMessageContaining("groupSize must be at least 2");
    }
}
