package dev.ratchet.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.lm.ContextLengthException;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.GradientCheck;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewardTrainerTest {
    @TempDir
    Path folder;

    /** The reply with the exclamation mark is preferred. */
    static List<PreferencePair> pairs(int count, long seed) {
        Random random = new Random(seed);
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String reply = String.valueOf((char) ('a' + random.nextInt(26))).repeat(1 + random.nextInt(5));
            pairs.add(new PreferencePair(List.of(Message.user("q" + random.nextInt(10))), reply + "!", reply + "?"));
        }
        return pairs;
    }

    private static RewardSpec spec(int epochs, int patience) {
        return new RewardSpec(new TrainingSpec(epochs, 8, 1, 1e-2, 0.1, TrainingSpec.Decay.LINEAR, 0, 1, 3, 0,
                ComputeType.FLOAT32), 0.01, 0, patience);
    }

    @Test
    void aReplyThatIsTooLongForTheContextIsScoredByWhatFitsWithItsEnd() throws IOException {
        try (LanguageModel trunk = TinyModel.create(folder, true, 1);
                RewardModel model = RewardModel.fromTrunk(trunk, Pooling.LAST)) {
            Judged judged = new Judged(List.of(Message.user("q")), "r".repeat(500));
            assertThatThrownBy(() -> model.score(List.of(judged))).isInstanceOf(ContextLengthException.class);
            assertThat(model.scoreTruncated(List.of(judged))).containsExactly(0);
            Example cut = model.encoder().truncated(judged.conversation(), judged.reply());
            assertThat(cut.length()).isEqualTo(trunk.contextLength());
            assertThat(model.encoder().isEnd(cut.completion()[cut.completion().length - 1])).isTrue();
        }
    }

    @Test
    void aRewardModelLearnsWhatPairsHaveInCommonAndSurvivesAFile() throws IOException {
        try (LanguageModel trunk = TinyModel.create(folder, false, 8);
                RewardModel model = RewardModel.fromTrunk(trunk, Pooling.LAST)) {
            List<PreferencePair> heldOut = pairs(40, 99);
            assertThat(model.accuracy(heldOut)).isEqualTo(0.5);
            RewardTrainer.Result result = new RewardTrainer().train(model, pairs(160, 1), heldOut, spec(4, 0), null,
                    TrainingListener.SILENT);
            assertThat(result.heldOutAccuracy()).isGreaterThan(0.9).isEqualTo(model.accuracy(heldOut));
            model.save(folder.resolve("saved"));
            List<Judged> judged = List.of(new Judged(List.of(Message.user("q")), "a!"),
                    new Judged(List.of(Message.user("a longer question")), "bcd?"));
            double[] scores = model.score(judged);
            assertThat(scores[0]).isGreaterThan(scores[1]);
            try (RewardModel loaded = RewardModel.load(folder.resolve("saved"), ComputeType.FLOAT32)) {
                assertThat(loaded.score(judged)).isEqualTo(scores);
                assertThat(loaded.score(judged.subList(0, 1))[0]).isCloseTo(scores[0], within(2e-5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void theGradientAgreesWithFiniteDifferences(Pooling pooling) throws IOException {
        Random random = new Random(3);
        float[] head = new float[16];
        for (int i = 0; i < head.length; i++) {
            head[i] = (float) random.nextGaussian();
        }
        try (LanguageModel trunk = TinyModel.create(folder, false, 8);
                RewardModel model = RewardModel.fromTrunk(trunk, pooling, head)) {
            GradientCheck.check(model.decoder(), new RewardObjective(new BradleyTerry(0.05), pooling.head()),
                    IntStream.range(0, 3).mapToObj(i -> new EncodedPair(TinyModel.tokens(random, 3 + i),
                            TinyModel.tokens(random, 5), TinyModel.tokens(random, 1 + i), 1 + i, 0.5 * i)).toList());
        }
    }

    @Test
    void trainingStopsWhenHeldOutPairsNoLongerImproveAndKeepsTheBestWeights() throws IOException {
        try (LanguageModel trunk = TinyModel.create(folder, true, 8);
                RewardModel model = RewardModel.fromTrunk(trunk, Pooling.LAST)) {
            List<PreferencePair> heldOut = pairs(20, 5);
            RewardTrainer.Result result = new RewardTrainer().train(model, pairs(80, 1), heldOut, spec(30, 2), null,
                    TrainingListener.SILENT);
            assertThat(result.steps()).isLessThan(300);
            assertThat(result.bestStep()).isEqualTo(result.steps() - 20);
            assertThat(model.accuracy(heldOut)).isEqualTo(result.heldOutAccuracy());
        }
    }
}
