package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.reward.RewardSpec;
import dev.ratchet.reward.RewardTrainer;
import dev.ratchet.reward.UnpairedExample;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every trainer promises: the same bytes for the same seed, after a kill, and from micro-batches. */
class EveryTrainerTest {
    /** A trainer, and some data for it. */
    enum Trainer {
        SUPERVISED {
            @Override
            void train(LanguageModel policy, TrainingSpec spec, Path checkpoints, TrainingListener listener) {
                new SupervisedTrainer().train(policy, range().mapToObj(i -> new SupervisedExample(prompt(i), reply(i)))
                        .toList(), spec, checkpoints, listener);
            }
        },
        DPO {
            @Override
            void train(LanguageModel policy, TrainingSpec spec, Path checkpoints, TrainingListener listener) {
                PreferenceSpec loss = PreferenceSpec.of(PairLoss.SIGMOID, 0.3).withOffsetScale(0.2).withSupervised(0.1);
                new PreferenceTrainer().train(policy, pairs(), loss, spec, checkpoints, listener);
            }
        },
        ORPO {
            @Override
            void train(LanguageModel policy, TrainingSpec spec, Path checkpoints, TrainingListener listener) {
                new PreferenceTrainer().train(policy, pairs(), PreferenceSpec.of(PairLoss.ORPO, 0.3), spec, checkpoints,
                        listener);
            }
        },
        KTO {
            @Override
            void train(LanguageModel policy, TrainingSpec spec, Path checkpoints, TrainingListener listener) {
                new KtoTrainer().train(policy, range().mapToObj(i -> new UnpairedExample(prompt(i), reply(i), i % 3 > 0,
                        1 + i % 2)).toList(), new Kto(0.3), spec, checkpoints, listener);
            }
        },
        RLOO {
            @Override
            void train(LanguageModel policy, TrainingSpec spec, Path checkpoints, TrainingListener listener) {
                new OnlineTrainer().train(policy, range().mapToObj(Trainer::prompt).toList(), Trainer::scores,
                        OnlineSpec.rloo(3, 6, 0.05), spec, checkpoints, listener);
            }
        },
        GRPO {
            @Override
            void train(LanguageModel policy, TrainingSpec spec, Path checkpoints, TrainingListener listener) {
                new OnlineTrainer().train(policy, range().mapToObj(Trainer::prompt).toList(), Trainer::scores,
                        OnlineSpec.grpo(3, 6, 0.05), spec, checkpoints, listener);
            }
        };

        abstract void train(LanguageModel policy, TrainingSpec spec, Path checkpoints, TrainingListener listener);

        private static IntStream range() {
            return IntStream.range(0, 16);
        }

        private static List<Message> prompt(int i) {
            return List.of(Message.user("q" + i % 5));
        }

        private static String reply(int i) {
            return "yes".substring(i % 3) + i;
        }

        static List<PreferencePair> pairs() {
            return range().mapToObj(i -> new PreferencePair(prompt(i), reply(i), "no " + i, 1 + i % 2, 0.5 * (i % 3)))
                    .toList();
        }

        private static double[] scores(List<dev.ratchet.reward.Judged> replies) {
            return replies.stream().mapToDouble(r -> r.reply().codePoints().filter(c -> c < 'P').count()).toArray();
        }
    }

    @TempDir
    Path folder;

    private static TrainingSpec spec(int batch, int accumulation, int checkpointEvery) {
        return new TrainingSpec(2, batch, accumulation, 5e-3, 0.1, TrainingSpec.Decay.LINEAR, 0.01, 1, 5,
                checkpointEvery, ComputeType.FLOAT32);
    }

    private Map<String, Tensor> trained(Trainer trainer, boolean adapted, TrainingSpec spec, Path checkpoints,
            TrainingListener listener) throws IOException {
        try (LanguageModel policy = TinyModel.create(folder.resolve("model"), true, 6)) {
            Map<String, Tensor> base = policy.decoder().tensors();
            if (adapted) {
                policy.adapt(new LoraSpec(2, 4), 3, "base");
            }
            trainer.train(policy, spec, checkpoints, listener);
            if (adapted) {
                assertEqual(policy.decoder().tensors(), base);
            }
            return policy.decoder().trained();
        }
    }

    private static void assertEqual(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, tensor) -> assertThat(actual.get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    @ParameterizedTest
    @EnumSource(Trainer.class)
    void theSameSeedGivesTheSameBytesAndSoDoesARunThatWasKilledAndResumed(Trainer trainer) throws IOException {
        assertResumes(trainer, false);
    }

    @ParameterizedTest
    @EnumSource(value = Trainer.class, names = {"DPO", "KTO", "RLOO"})
    void soDoesARunThatTrainsAnAdapterAlone(Trainer trainer) throws IOException {
        assertResumes(trainer, true);
    }

    private void assertResumes(Trainer trainer, boolean adapted) throws IOException {
        TrainingSpec spec = spec(2, 2, 3);
        Map<String, Tensor> straight = trained(trainer, adapted, spec, null, TrainingListener.SILENT);
        Path checkpoints = folder.resolve("run");
        assertThatThrownBy(() -> trained(trainer, adapted, spec, checkpoints, (step, total, metrics) -> {
            if (step == 5) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");
        List<Integer> seen = new ArrayList<>();
        assertEqual(trained(trainer, adapted, spec, checkpoints, (step, total, metrics) -> seen.add(step)), straight);
        assertThat(seen).containsExactly(4, 5, 6, 7, 8);
    }

    @ParameterizedTest
    @EnumSource(value = Trainer.class, mode = EnumSource.Mode.EXCLUDE, names = "KTO")
    void eightPassesOfOneEqualOnePassOfEight(Trainer trainer) throws IOException {
        Map<String, Tensor> whole = trained(trainer, false, spec(8, 1, 0), null, TrainingListener.SILENT);
        trained(trainer, false, spec(1, 8, 0), null, TrainingListener.SILENT).forEach((name, tensor) ->
                assertThat(tensor.values()).as(name).containsExactly(whole.get(name).values(), within(2e-4f)));
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void theSameHoldsForRewardModels(Pooling pooling) throws IOException {
        Map<String, Tensor> straight = rewarded(pooling, spec(2, 2, 0), null, TrainingListener.SILENT);
        assertThatThrownBy(() -> rewarded(pooling, spec(2, 2, 3), folder.resolve("run"), (step, total, metrics) -> {
            if (step == 5) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");
        assertEqual(rewarded(pooling, spec(2, 2, 3), folder.resolve("run"), TrainingListener.SILENT), straight);
        Map<String, Tensor> whole = rewarded(pooling, spec(8, 1, 0), null, TrainingListener.SILENT);
        rewarded(pooling, spec(1, 8, 0), null, TrainingListener.SILENT).forEach((name, tensor) ->
                assertThat(tensor.values()).as(name).containsExactly(whole.get(name).values(), within(2e-4f)));
    }

    private Map<String, Tensor> rewarded(Pooling pooling, TrainingSpec spec, Path checkpoints,
            TrainingListener listener)
            throws IOException {
        try (LanguageModel trunk = TinyModel.create(folder.resolve("model"), true, 6);
                RewardModel model = RewardModel.fromTrunk(trunk, pooling)) {
            new RewardTrainer().train(model, Trainer.pairs(), List.of(), new RewardSpec(spec, 0.01, 0, 0), checkpoints,
                    listener);
            Decoder decoder = model.decoder();
            return decoder.trained();
        }
    }
}
