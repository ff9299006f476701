package dev.ratchet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.project.Split;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RubricTest {

    private static final String PROMPT = "Hello, the battery of my phone is empty after one hour. Please help.";

    private final Scenario scenario = Scenario.load();
    private final Rubric rubric = new Rubric(scenario);

    @Test
    void aReplyInTheHouseStyleHasEveryTrait() {
        Rubric.Verdict verdict = rubric.judge(PROMPT,
                "I am sorry that the battery of your phone is weak. Charge the battery for a full night.");
        assertThat(verdict.traits()).containsExactlyInAnyOrder(Trait.values());
        assertThat(verdict.score()).isEqualTo(Rubric.BEST).isEqualTo(10);
        assertThat(verdict.readable()).isTrue();
        assertThat(verdict.rightTopic()).isTrue();
    }

    @Test
    void aVagueReplyIsOnTopicButNamesNoIssue() {
        Rubric.Verdict verdict = rubric.judge(PROMPT, "This is about a technical fault. We will look into it.");
        assertThat(verdict.rightTopic()).isTrue();
        assertThat(verdict.readable()).isTrue();
        assertThat(verdict.traits()).containsExactlyInAnyOrder(
                Trait.NO_FALSE_PROMISE, Trait.CONCISE, Trait.NO_REPETITION);
    }

    @Test
    void anotherProductOrAnotherIssueIsNotTheIssue() {
        assertThat(rubric.judge(PROMPT, "I see that the battery of your kettle is weak.").has(Trait.NAMES_ISSUE))
                .isFalse();
        assertThat(rubric.judge(PROMPT, "I see that your phone makes a loud noise.").has(Trait.NAMES_ISSUE)).isFalse();
        assertThat(rubric.judge(PROMPT, "I see that the battery is empty too fast. Clean it and check for loose parts.")
                .traits()).contains(Trait.NAMES_ISSUE).doesNotContain(Trait.GIVES_NEXT_STEP);
    }

    @Test
    void aWrongTopicIsSeen() {
        assertThat(rubric.aboutRightTopic(PROMPT, "I see that your parcel is late.")).isFalse();
        assertThat(rubric.aboutRightTopic(PROMPT, "Have a nice day.")).isFalse();
        assertThat(rubric.aboutRightTopic("What is the capital of France?", "This is about your order.")).isFalse();
    }

    @Test
    void promisesRamblingAndRepetitionCostTheirTraits() {
        assertThat(rubric.judge(PROMPT, "We guarantee that you will be happy.").has(Trait.NO_FALSE_PROMISE)).isFalse();
        assertThat(rubric.judge(PROMPT, "In general, many things are possible.").has(Trait.CONCISE))
                .isFalse();
        String lead = "I see that there is no power at all.";
        assertThat(rubric.judge(PROMPT, lead + " Again, I see that there is no power at all.")
                .has(Trait.NO_REPETITION)).isFalse();
        assertThat(rubric.judge(PROMPT, lead + " So your phone has no power.").has(Trait.NO_REPETITION)).isFalse();
        assertThat(rubric.judge(PROMPT, "Thank you for your message. I see that there is no power at all. "
                + "Thank you for your patience.").has(Trait.NO_REPETITION)).isTrue();
    }

    @Test
    void garbledTextIsNotReadableAndScoresLow() {
        for (String garbled : List.of("", "   ", "…", "phone your weak the battery is", "I am sorry that the battery",
                "i am sorry about the trouble with your order.", "Qzx blorf the frim.", "\u0000\ufffd<|end|>",
                "I am sorry that that that the battery of your phone is weak.")) {
            Rubric.Verdict verdict = rubric.judge(PROMPT, garbled);
            assertThat(verdict.readable()).as(garbled).isFalse();
            assertThat(verdict.score()).as(garbled).isLessThanOrEqualTo(2.5);
        }
    }

    @Test
    void everyTraitIsInAboutHalfOfTheCorpusAndIndependentOfTheOthers() {
        List<Corpus.Dialogue> dialogues = dialogues(4_000, 5);
        Map<Trait, Double> share = new TreeMap<>();
        List<Rubric.Verdict> verdicts = dialogues.stream().map(d -> rubric.judge(d.prompt(), d.reply())).toList();
        for (int i = 0; i < verdicts.size(); i++) {
            assertThat(verdicts.get(i).readable()).as(dialogues.get(i).reply()).isTrue();
            assertThat(verdicts.get(i).rightTopic()).as(dialogues.get(i).toString()).isTrue();
        }
        for (Trait trait : Trait.values()) {
            share.put(trait, share(verdicts, trait));
        }
        System.out.println("traits in the corpus: " + share);
        assertThat(share.values()).allMatch(value -> value > 0.45 && value < 0.62);
        for (Trait given : Trait.values()) {
            List<Rubric.Verdict> with = verdicts.stream().filter(verdict -> verdict.has(given)).toList();
            for (Trait other : Trait.values()) {
                if (other != given) {
                    assertThat(share(with, other)).as(other + " given " + given)
                            .isBetween(share.get(other) - 0.1, share.get(other) + 0.1);
                }
            }
        }
    }

    @Test
    void repliesAreShort() {
        double mean = dialogues(2_000, 6).stream()
                .mapToInt(dialogue -> dialogue.reply().split(" ").length).average().orElseThrow();
        System.out.println("words in a reply: " + mean);
        assertThat(mean).isBetween(18.0, 32.0);
    }

    /** Replies of the corpus's grammar to whole messages. */
    private List<Corpus.Dialogue> dialogues(int count, long seed) {
        ReplyGrammar grammar = new ReplyGrammar(scenario);
        Random random = new Random(seed);
        return scenario.prompts(Split.TRAIN, count, seed).stream().map(prompt -> new Corpus.Dialogue(prompt.text(),
                grammar.compose(scenario.issue(prompt.issueId()), prompt.item(), random))).toList();
    }

    private static double share(List<Rubric.Verdict> verdicts, Trait trait) {
        return verdicts.stream().filter(verdict -> verdict.has(trait)).count() / (double) verdicts.size();
    }
}
