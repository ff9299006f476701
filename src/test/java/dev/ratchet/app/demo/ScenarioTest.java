package dev.ratchet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.project.Split;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private final Scenario scenario = Scenario.load();

    @Test
    void everyIssueHasFamiliesToLearnFromAndFamiliesHeldOut() {
        scenario.topics().stream().flatMap(topic -> topic.issues().stream()).forEach(issue -> {
            List<Split> splits = IntStream.range(0, issue.families().size())
                    .mapToObj(family -> Split.of(issue.splitGroup(family))).toList();
            assertThat(splits.stream().filter(Split.TRAIN::equals).count()).as(issue.id()).isGreaterThanOrEqualTo(2);
            assertThat(splits.stream().filter(Split.EVAL::equals).count()).as(issue.id()).isGreaterThanOrEqualTo(1);
        });
    }

    @Test
    void thousandsOfDistinctPromptsCanBeDrawnAndNoneIsOnBothSides() {
        List<ScenarioPrompt> train = scenario.prompts(Split.TRAIN, 4_000, 1);
        List<ScenarioPrompt> eval = scenario.prompts(Split.EVAL, 2_000, 1);
        Set<String> groups = train.stream().map(ScenarioPrompt::splitGroup).collect(Collectors.toSet());
        Set<String> texts = train.stream().map(ScenarioPrompt::text).collect(Collectors.toSet());
        assertThat(texts).hasSize(4_000);
        assertThat(new HashSet<>(eval.stream().map(ScenarioPrompt::text).toList())).hasSize(2_000);
        assertThat(eval).noneMatch(prompt -> groups.contains(prompt.splitGroup()))
                .noneMatch(prompt -> texts.contains(prompt.text()));
    }

    @Test
    void theSameSeedDrawsTheSamePrompts() {
        assertThat(scenario.prompts(Split.EVAL, 50, 7)).isEqualTo(Scenario.load().prompts(Split.EVAL, 50, 7))
                .isNotEqualTo(scenario.prompts(Split.EVAL, 50, 8));
    }

    @Test
    void theIssueOfEveryPromptIsReadFromItsTextAlone() {
        for (Split split : Split.values()) {
            assertThat(scenario.prompts(split, 2_000, 3)).allSatisfy(prompt -> {
                Recognised recognised = scenario.recognise(prompt.text()).orElseThrow();
                assertThat(recognised.issue().id()).isEqualTo(prompt.issueId());
                assertThat(recognised.item()).isEqualTo(prompt.item());
            });
        }
        assertThat(scenario.recognise("What is the capital of France?")).isEmpty();
    }
}
