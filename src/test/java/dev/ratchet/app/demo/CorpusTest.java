package dev.ratchet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.project.Split;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CorpusTest {

    private final Scenario scenario = Scenario.load();

    @Test
    void theSameSeedGivesTheSameExamples() {
        assertThat(new Corpus(scenario).dialogues(100, 3)).isEqualTo(new Corpus(scenario).dialogues(100, 3))
                .isNotEqualTo(new Corpus(scenario).dialogues(100, 4));
    }

    @Test
    void noHeldOutWordingIsInTheCorpus() {
        Set<String> heldOut = scenario.prompts(Split.EVAL, 3_000, 1).stream().map(ScenarioPrompt::text)
                .collect(Collectors.toSet());
        assertThat(new Corpus(scenario).dialogues(5_000, 1)).noneMatch(d -> heldOut.contains(d.prompt()));
    }

    @Test
    void repliesStayWithinTheirLengthAndASmallVocabulary() {
        List<Corpus.Dialogue> dialogues = new Corpus(scenario).dialogues(5_000, 2);
        assertThat(dialogues).allMatch(d -> d.reply().split(" ").length <= 44).noneMatch(d -> d.reply().contains("{"))
                .noneMatch(d -> d.prompt().contains("{"));
        Set<String> words = new TreeSet<>();
        dialogues.forEach(d -> words.addAll(Words.of(d.prompt() + " " + d.reply())));
        assertThat(words).hasSizeLessThan(900);
    }
}
