package dev.ratchet.app.demo;

import dev.ratchet.project.Split;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The examples that the demo's base model learns from: messages of TRAIN families, and replies in every style. */
public final class Corpus {

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
        return new Dialogue(prompt.text(), grammar.compose(scenario.issue(prompt.issueId()), prompt.item(), random));
    }
}
