package dev.ratchet.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.Message;
import dev.ratchet.training.RunPrompt;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabellingTest {
    private static final List<RunPrompt> PROMPT = List.of(new RunPrompt(5, List.of(Message.user("hello"))));

    @Test
    void theBestIsPairedWithTheWorstAndSoOn() {
        List<SnapshotPair> pairs = new Labelling(2, 0.5)
                .label(PROMPT, List.of(reply("b"), reply("d"), reply("a"), reply("c")), new double[] {3, 1, 4, 2});
        assertThat(pairs).extracting(SnapshotPair::chosen).containsExactly("a", "b");
        assertThat(pairs).extracting(SnapshotPair::rejected).containsExactly("d", "c");
        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair.source()).isEqualTo("reward-model");
            assertThat(pair.weight()).isEqualTo(0.5);
            assertThat(pair.promptId()).isEqualTo(5);
        });
    }

    @Test
    void equalTextsEqualScoresAndCutOffRepliesMakeNoPair() {
        Completion cut = new Completion("z", new int[] {1}, new int[] {1}, 0, "length");
        assertThat(new Labelling(3, 1).label(PROMPT, List.of(reply("a"), reply("a")), new double[] {1, 1})).isEmpty();
        assertThat(new Labelling(3, 1).label(PROMPT, List.of(reply("a"), reply("b")), new double[] {1, 1})).isEmpty();
        assertThat(new Labelling(3, 1).label(PROMPT, List.of(reply("a"), cut), new double[] {1, 2})).isEmpty();
        assertThat(new Labelling(3, 1).label(PROMPT, List.of(reply("a"), reply(" ")), new double[] {1, 2})).isEmpty();
    }

    @Test
    void aReplyIsUsedInOnePairOnly() {
        List<SnapshotPair> pairs = new Labelling(3, 1)
                .label(PROMPT, List.of(reply("a"), reply("b"), reply("c")), new double[] {3, 2, 1});
        assertThat(pairs).hasSize(1);
    }

    private static Completion reply(String text) {
        return new Completion(text, new int[] {1}, new int[] {1}, 0, "stop");
    }
}
