package dev.ratchet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.Shared;
import dev.ratchet.reward.PreferencePair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files as people have them; skipped where the reference material is absent. */
class ReferenceDataTest {
    @Test
    void humanPreferencesOnHarmlessnessAreReadAndSplitByPrompt() throws IOException {
        Linted<PreferencePair> linted = Lint.ofTexts().preferences(Shared.path("data/hh-harmless-base-test.jsonl.gz"));
        assertThat(linted.rows()).hasSize(2303);
        assertThat(linted.counts()).containsExactlyInAnyOrderEntriesOf(
                Map.of(Fault.EMPTY_ANSWER, 4L, Fault.SEVERAL_TURNS, 5L));
        assertThat(linted.problems().get(0)).hasToString("row 87: 'chosen' is empty");
        List<PreferencePair> pairs = linted.values();
        PromptSplit<PreferencePair> split = PromptSplit.holdingOut(pairs.size() - 2000, pairs,
                PreferencePair::conversation, 1);
        assertThat(split.training()).hasSize(2000);
        assertThat(split.heldOut()).hasSize(pairs.size() - 2000);
        assertThat(groups(split.training())).doesNotContainAnyElementsOf(groups(split.heldOut()));
    }

    private static List<String> groups(List<PreferencePair> pairs) {
        return pairs.stream().map(p -> PromptSplit.group(p.conversation())).distinct().collect(Collectors.toList());
    }

    @Test
    @Tag("slow")
    void whatIsTooLongForASettingIsCountedBeforeTraining() throws IOException {
        Path smollm = Shared.path("models/smollm2-135m-instruct");
        ConversationEncoder encoder = ConversationEncoder.load(smollm, ModelConfig.read(smollm));
        Linted<PreferencePair> linted = Lint.of(encoder, 256)
                .preferences(Shared.path("data/hh-harmless-base-test.jsonl.gz"));
        assertThat(linted.rows().size() + linted.refused()).isEqualTo(2312);
        assertThat(linted.counts()).containsKeys(Fault.OVER_LENGTH, Fault.BOTH_OVER_LENGTH, Fault.CUT_TO_NOTHING);
    }

    @Test
    void thePairsAndJudgedAnswersOfTheTrajectoriesAreClean() throws IOException {
        assertThat(Lint.ofTexts().preferences(Shared.path("golden/reference/pairs.jsonl")).orFail().values().get(0)
                .conversation()).isEqualTo(List.of(Message.text("One day, Anna saw a cat.")));
        assertThat(Lint.ofTexts().unpaired(Shared.path("golden/reference/unpaired.jsonl")).orFail().rows()).isNotEmpty();
    }
}
