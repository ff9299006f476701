package dev.ratchet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Split;
import dev.ratchet.quality.ReviewerFigures;
import dev.ratchet.quality.ReviewerPanel;
import dev.ratchet.quality.StandingRating;
import dev.ratchet.question.Questions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the product's quality page says of the demo's reviewers, from as many ratings as the demo gets. */
class DemoReviewersTest {
    /** As {@link DemoConfig} has it: 800 tasks for training and 360 held out, two ratings each. */
    private static final int TASKS = 1_160;
    private static final int OVERLAP = 2;
    private static final List<DemoReviewers.Person> TEAM = DemoReviewers.PEOPLE;

    private final Scenario scenario = Scenario.load();
    private final Rubric rubric = new Rubric(scenario);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theCarelessTheAdversarialAndTheLeftPickingAreFoundAndNoCarefulOneIsAccused(long seed) {
        Map<SimulatedReviewer.Character, List<String>> found = new HashMap<>();
        for (ReviewerFigures figures : figures(seed)) {
            DemoReviewers.Person person = person(figures.reviewer().name());
            figures.findings().forEach(finding ->
                    found.computeIfAbsent(person.character(), character -> new ArrayList<>()).add(finding.kind()));
        }
        assertThat(found).doesNotContainKey(SimulatedReviewer.Character.CAREFUL);
        assertThat(found.get(SimulatedReviewer.Character.CARELESS)).containsExactly("careless");
        assertThat(found.get(SimulatedReviewer.Character.ADVERSARIAL)).containsExactly("adversarial");
        assertThat(found.get(SimulatedReviewer.Character.LEFT_PICKER)).contains("left-picking");
    }

    private static DemoReviewers.Person person(String name) {
        return TEAM.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private List<ReviewerFigures> figures(long seed) {
        Instructions told = new Instructions();
        told.version = 1;
        told.questions = Questions.STANDARD;
        Map<Long, String> names = new HashMap<>();
        IntStream.range(0, TEAM.size())
                .forEach(at -> names.put((long) at, TEAM.get(at).name()));
        return ReviewerPanel.of(told, ratings(seed), names);
    }

    /** Each task goes to reviewers who are drawn. */
    private List<StandingRating> ratings(long seed) {
        ReplyGrammar grammar = new ReplyGrammar(scenario);
        Random random = new Random(seed);
        List<SimulatedReviewer> reviewers = new ArrayList<>();
        for (int at = 0; at < TEAM.size(); at++) {
            reviewers.add(new SimulatedReviewer(rubric, TEAM.get(at).character(), seed * 1_000 + at));
        }
        List<StandingRating> ratings = new ArrayList<>();
        for (long task = 0; task < TASKS; task++) {
            ScenarioPrompt prompt = scenario.prompt(Split.TRAIN, random);
            Issue issue = scenario.issue(prompt.issueId());
            Map<Long, String> replies = Map.of(2 * task, grammar.compose(issue, prompt.item(), random),
                    2 * task + 1, grammar.compose(issue, prompt.item(), random));
            List<Integer> drawn = new ArrayList<>(IntStream.range(0, TEAM.size()).boxed().toList());
            Collections.shuffle(drawn, random);
            for (int reviewer : drawn.subList(0, OVERLAP)) {
                List<Long> shown = new ArrayList<>(List.of(2 * task, 2 * task + 1));
                Collections.shuffle(shown, random);
                Judgement said = reviewers.get(reviewer)
                        .judge(prompt.text(), replies.get(shown.get(0)), replies.get(shown.get(1)));
                ratings.add(new StandingRating(task, reviewer, answers(said), 0, 1, Instant.EPOCH, shown));
            }
        }
        return ratings;
    }

    private static JsonNode answers(Judgement said) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (said instanceof Judgement.Preference preference) {
            answer.put("verdict", "preference").put("strength", preference.strength());
        } else {
            answer.put("verdict", said instanceof Judgement.Tie ? "tie" : "both_bad");
        }
        return JsonNodeFactory.instance.objectNode().set("preference", answer);
    }
}
