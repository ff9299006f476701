package dev.ratchet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptSplitTest {
    /** Thirty prompts with one to three examples each. */
    private static final List<List<Message>> EXAMPLES = IntStream.range(0, 30).boxed()
            .flatMap(i -> Collections.nCopies(1 + i % 3, List.of(Message.user("Question " + i))).stream()).toList();

    private static PromptSplit<List<Message>> split(List<List<Message>> examples, int count, long seed) {
        return PromptSplit.holdingOut(count, examples, e -> e, seed);
    }

    @Test
    void noPromptIsOnBothSides() {
        PromptSplit<List<Message>> split = split(EXAMPLES, 17, 1);
        assertThat(split.heldOut()).hasSize(17).doesNotContainAnyElementsOf(split.training());
        assertThat(split.training()).hasSize(EXAMPLES.size() - 17);
    }

    @Test
    void theSideDependsOnPromptAndSeedAlone() {
        List<List<Message>> shuffled = new ArrayList<>(EXAMPLES);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(split(shuffled, 17, 1).heldOut()).containsExactlyInAnyOrderElementsOf(split(EXAMPLES, 17, 1).heldOut());
        assertThat(split(EXAMPLES, 17, 2).heldOut()).isNotEqualTo(split(EXAMPLES, 17, 1).heldOut());
        assertThat(PromptSplit.holdingOutShare(0.25, EXAMPLES, e -> e, 1).heldOut())
                .isEqualTo(split(EXAMPLES, 15, 1).heldOut());
    }

    @Test
    void promptsAreComparedWithoutCaseSpacesAndSystemTurns() {
        String known = PromptSplit.group(List.of(Message.user("Grüße, Welt")));
        assertThat(PromptSplit.group(List.of(new Message("system", "s"),
                new Message("developer", "d"), Message.user(" gru\u0308ße,\n WELT "),
                Message.assistant("a"), Message.user("b")))).isEqualTo(known);
        assertThat(PromptSplit.group(List.of(Message.text("Grüße, Welt!")))).isNotEqualTo(known);
        assertThatThrownBy(() -> PromptSplit.group(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSplitThatLeavesNothingToLearnFromIsRefused() {
        assertThatThrownBy(() -> split(EXAMPLES, EXAMPLES.size(), 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves nothing to train on");
        assertThatThrownBy(() -> PromptSplit.holdingOutShare(1, EXAMPLES, e -> e, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(split(EXAMPLES, 0, 1).heldOut()).isEmpty();
    }
}
