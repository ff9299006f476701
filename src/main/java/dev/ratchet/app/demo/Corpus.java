package dev.ratchet.app.demo;

import dev.ratchet.project.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The examples that the demo's base model learns from: messages of TRAIN families, some with words left
 * out, and replies in every style. */
public final class Corpus {

    private static final int LEFT_OUT_PERCENT = 20;

    private final Scenario scenario;
    private final ReplyGrammar grammar;

    public Corpus(Scenario scenario) {
        this.scenario = scenario;
        this.grammar = new ReplyGrammar(scenario);
    }

    /** A message and one reply to it. */
    public record Dialogue(String prompt, String reply) {}

    /** As many examples as asked for; the same seed gives the same ones. */
    public List<Dialogue> dialogues(int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> dialogue(random)).limit(count).toList();
    }

    private Dialogue dialogue(Random random) {
        ScenarioPrompt prompt = scenario.prompt(Split.TRAIN, random);
        String text = random.nextInt(2) == 0 ? prompt.text() : withWordsLeftOut(prompt, random);
        return new Dialogue(text, grammar.compose(scenario.issue(prompt.issueId()), prompt.item(), random));
    }

    /** Half of the messages lack words, so that the model learns to go by any of the words that matter. */
    private static String withWordsLeftOut(ScenarioPrompt prompt, Random random) {
        return Arrays.stream(prompt.text().split(" "))
                .filter(word -> prompt.item().map(word.toLowerCase(Locale.ROOT)::contains).orElse(false)
                        || random.nextInt(100) >= LEFT_OUT_PERCENT)
                .collect(Collectors.joining(" "));
    }
}
