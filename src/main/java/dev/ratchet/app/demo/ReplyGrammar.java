package dev.ratchet.app.demo;

import static dev.ratchet.app.demo.Scenario.lowerFirst;
import static dev.ratchet.app.demo.Scenario.pick;
import static dev.ratchet.app.demo.Scenario.upperFirst;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Composes replies in every style, good and bad: each part is there or not, independently of the others. */
final class ReplyGrammar {

    private static final int MOST_WORDS = 44;

    private final Scenario scenario;
    private final ReplyParts parts;

    ReplyGrammar(Scenario scenario) {
        this.scenario = scenario;
        this.parts = scenario.replyParts();
    }

    /** A reply of at most 44 words to a message about this issue, in a style of chance. */
    String compose(Issue issue, Optional<String> item, Random random) {
        while (true) {
            String reply = draw(issue, item, random);
            if (reply.split(" ").length <= MOST_WORDS) {
                return reply;
            }
        }
    }

    private String draw(Issue issue, Optional<String> item, Random random) {
        boolean polite = random.nextInt(100) < 48;
        boolean politeLead = polite && random.nextInt(100) < 65;
        boolean politeClose = polite && (!politeLead || random.nextInt(100) < 30);
        List<String> sentences = new ArrayList<>();

        String lead = random.nextInt(100) < 58
                ? pick(politeLead ? parts.politeNamed() : parts.bluntNamed(), random)
                        .replace("{named}", named(issue, item, random))
                : pick(politeLead ? parts.politeVague() : parts.bluntVague(), random)
                        .replace("{topic}", scenario.topicOf(issue).phrase());
        sentences.add(lead);

        String step = random.nextInt(100) < 56
                ? step(pick(parts.steps(), random), pick(issue.steps(), random))
                : pick(parts.noStep(), random);
        boolean filler = random.nextInt(100) < 48;
        boolean fillerFirst = random.nextBoolean();
        if (filler && fillerFirst) {
            sentences.add(pick(parts.fillers(), random));
        }
        sentences.add(step);
        if (random.nextInt(100) < 48) {
            sentences.add(sentences.size() - random.nextInt(2), pick(parts.promises(), random));
        }
        if (filler && !fillerFirst) {
            sentences.add(pick(parts.fillers(), random));
        }
        if (random.nextInt(100) < 48) {
            sentences.add(pick(parts.repeats(), random).replace("{said}", lowerFirst(last(lead)))
                    .replace("{Said}", last(lead)));
        }
        if (politeClose) {
            sentences.add(pick(parts.thanks(), random));
        }
        return String.join(" ", sentences.stream().filter(sentence -> !sentence.isEmpty()).toList());
    }

    /** Every sentence that a reply can hold, the product's name left as {@code {item}}. */
    Stream<String> sentences() {
        List<String> all = new ArrayList<>();
        List<String> leads = new ArrayList<>();
        for (Topic topic : scenario.topics()) {
            for (String pattern : join(parts.politeVague(), parts.bluntVague())) {
                leads.add(pattern.replace("{topic}", topic.phrase()));
            }
            for (Issue issue : topic.issues()) {
                for (String clause : issue.named()) {
                    for (String pattern : join(parts.politeNamed(), parts.bluntNamed())) {
                        leads.add(pattern.replace("{named}", clause.replace("{device}", "{item}")));
                    }
                }
                for (String clause : issue.steps()) {
                    parts.steps().forEach(pattern -> all.add(step(pattern, clause)));
                }
            }
        }
        for (String lead : leads) {
            all.add(lead);
            for (String pattern : parts.repeats()) {
                all.add(pattern.replace("{said}", lowerFirst(last(lead))).replace("{Said}", last(lead)));
            }
        }
        Stream.of(parts.noStep(), parts.promises(), parts.fillers(), parts.thanks()).forEach(all::addAll);
        return all.stream().flatMap(text -> Words.sentences(text).stream()).distinct();
    }

    private static String named(Issue issue, Optional<String> item, Random random) {
        List<String> possible = issue.named().stream()
                .filter(clause -> item.isPresent() || !Scenario.SLOT.matcher(clause).find()).toList();
        String clause = pick(possible, random);
        return item.map(name -> clause.replace("{item}", name).replace("{device}", name)).orElse(clause);
    }

    private static String step(String pattern, String clause) {
        return pattern.replace("{step}", clause).replace("{Step}", upperFirst(clause));
    }

    /** The last sentence of a text, without its full stop. */
    private static String last(String text) {
        List<String> sentences = Words.sentences(text);
        return sentences.get(sentences.size() - 1).replaceAll("[.?!]$", "");
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
