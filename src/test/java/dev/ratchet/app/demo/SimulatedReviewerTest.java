package dev.ratchet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.project.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulatedReviewerTest {

    private final Scenario scenario = Scenario.load();
    private final Rubric rubric = new Rubric(scenario);

    private record Sample(String prompt, String left, String right) {}

    @Test
    void carefulReviewersAgreeWithTheRubricInThreeToFourOutOfFiveCases() {
        double agreement = agreement(SimulatedReviewer.Character.CAREFUL);
        System.out.println("careful agreement: " + agreement);
        assertThat(agreement).isBetween(0.76, 0.84);
    }

    @Test
    void carelessReviewersAreNearACoinToss() {
        assertThat(agreement(SimulatedReviewer.Character.CARELESS)).isBetween(0.48, 0.58);
    }

    @Test
    void theLeftPickerAlwaysPicksLeft() {
        SimulatedReviewer reviewer = new SimulatedReviewer(rubric, SimulatedReviewer.Character.LEFT_PICKER, 1);
        assertThat(samples(300)).allSatisfy(sample ->
                assertThat(reviewer.judge(sample.prompt(), sample.left(), sample.right()))
                        .isInstanceOfSatisfying(Judgement.Preference.class, p -> assertThat(p.strength()).isNegative()));
    }

    @Test
    void theSameSeedSaysTheSame() {
        assertThat(judgements(9)).isEqualTo(judgements(9)).isNotEqualTo(judgements(10));
    }

    @Test
    void tiesAndBothBadAreRareAndEveryStrengthIsUsed() {
        List<Judgement> judgements = judgements(3);
        assertThat(judgements.stream().filter(Judgement.Tie.class::isInstance).count()).isBetween(10L, 200L);
        assertThat(judgements.stream().filter(Judgement.BothBad.class::isInstance).count()).isBetween(1L, 200L);
        for (int strength : new int[] {-3, -2, -1, 1, 2, 3}) {
            assertThat(judgements).contains(new Judgement.Preference(strength));
        }
    }

    private List<Judgement> judgements(long seed) {
        SimulatedReviewer reviewer = new SimulatedReviewer(rubric, SimulatedReviewer.Character.CAREFUL, seed);
        return samples(1_500).stream().map(s -> reviewer.judge(s.prompt(), s.left(), s.right())).toList();
    }

    /** Of the judged samples that the rubric orders, the share in which the reviewer prefers the better one. */
    private double agreement(SimulatedReviewer.Character character) {
        SimulatedReviewer reviewer = new SimulatedReviewer(rubric, character, 2);
        int agree = 0;
        int judged = 0;
        for (Sample sample : samples(3_000)) {
            double difference = rubric.score(sample.prompt(), sample.right())
                    - rubric.score(sample.prompt(), sample.left());
            Judgement judgement = reviewer.judge(sample.prompt(), sample.left(), sample.right());
            if (difference != 0 && judgement instanceof Judgement.Preference preference) {
                judged++;
                agree += Math.signum(difference) == Math.signum(preference.strength()) ? 1 : 0;
            }
        }
        return agree / (double) judged;
    }

    /** Pairs of replies in the styles of the corpus, which the base model imitates. */
    private List<Sample> samples(int count) {
        ReplyGrammar grammar = new ReplyGrammar(scenario);
        Random random = new Random(4);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ScenarioPrompt prompt = scenario.prompt(Split.TRAIN, random);
            Issue issue = scenario.issue(prompt.issueId());
            samples.add(new Sample(prompt.text(), grammar.compose(issue, prompt.item(), random),
                    grammar.compose(issue, prompt.item(), random)));
        }
        return samples;
    }
}
