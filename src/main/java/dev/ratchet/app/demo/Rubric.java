package dev.ratchet.app.demo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The demo's gold judgement of a reply, from its text alone: six traits of the house style, each there or not.
 *
 * <p>Simulated reviewers and the demo's final table use it; nothing that trains or decides a promotion may.
 */
public final class Rubric {

    /** The best score that a reply can get: the sum of all weights. */
    public static final double BEST = EnumSet.allOf(Trait.class).stream().mapToDouble(Trait::weight).sum();

    private static final int MOST_WORDS = 40;
    private static final int REPEATED_RUN = 5;
    private static final double UNREADABLE_SHARE = 0.25;
    private static final Pattern COURTESY = Pattern.compile(
            " (sorry|apologi\\w+|thanks?|please|glad to|happy to help|have a nice|welcome) ");
    private static final Pattern PROMISE = Pattern.compile(
            " (promise\\w*|guarantee\\w*|never happen again|for sure|certainly|definitely) ");
    private static final Pattern RAMBLING = Pattern.compile(
            " (as you may know|a lot to say|every day of the week|in general|many things) ");

    private final Scenario scenario;
    private final List<Phrase> phrases = new ArrayList<>();
    private final Set<String> trigrams;
    private final Pattern anyItem;

    private enum Kind { TOPIC, NAMED, STEP }

    private record Phrase(Kind kind, Topic topic, Issue issue, Pattern pattern, boolean namesItem) {}

    private record Found(Phrase phrase, Optional<String> item) {}

    /**
     * What the rubric says of one reply.
     *
     * @param readable every run of three words is one of this world's, and the last sentence ends
     * @param rightTopic it speaks of the prompt's topic and of no other
     * @param score the sum of the weights of its traits, 0 to {@link #BEST}; a quarter of it where it is not readable
     */
    public record Verdict(Set<Trait> traits, boolean readable, boolean rightTopic, double score) {

        public boolean has(Trait trait) {
            return traits.contains(trait);
        }
    }

    public Rubric(Scenario scenario) {
        this.scenario = scenario;
        String items = String.join("|", scenario.items());
        this.anyItem = Pattern.compile("\\b(?:" + items + ")\\b");
        for (Topic topic : scenario.topics()) {
            add(Kind.TOPIC, topic, null, topic.phrase(), "(?:about|with) ", items);
            for (Issue issue : topic.issues()) {
                issue.named().forEach(clause -> add(Kind.NAMED, topic, issue, clause, "", items));
                issue.steps().forEach(clause -> add(Kind.STEP, topic, issue, clause, "", items));
            }
        }
        this.trigrams = new ReplyGrammar(scenario).sentences().flatMap(sentence -> trigrams(sentence).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Judges a reply to a message; a message that is not of this world has no issue that a reply could name. */
    public Verdict judge(String prompt, String reply) {
        Optional<Recognised> about = scenario.recognise(prompt);
        String text = Words.plain(reply);
        List<Found> found = found(text);
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (text.isBlank()) {
            return new Verdict(Set.of(), false, false, 0);
        }
        if (about.isPresent() && namesIssue(found, about.get())) {
            traits.add(Trait.NAMES_ISSUE);
        }
        if (about.isPresent() && givesNextStep(found, about.get().issue())) {
            traits.add(Trait.GIVES_NEXT_STEP);
        }
        if (COURTESY.matcher(text).find()) {
            traits.add(Trait.POLITE);
        }
        if (!PROMISE.matcher(text).find()) {
            traits.add(Trait.NO_FALSE_PROMISE);
        }
        if (!RAMBLING.matcher(text).find() && text.strip().split(" ").length <= MOST_WORDS) {
            traits.add(Trait.CONCISE);
        }
        if (!repeats(reply, found)) {
            traits.add(Trait.NO_REPETITION);
        }
        boolean readable = readable(reply);
        double sum = traits.stream().mapToDouble(Trait::weight).sum();
        return new Verdict(
                Set.copyOf(traits), readable, rightTopic(found, about), readable ? sum : sum * UNREADABLE_SHARE);
    }

    /** The score alone. */
    public double score(String prompt, String reply) {
        return judge(prompt, reply).score();
    }

    /** Whether the reply speaks of the message's topic, and of no other. */
    public boolean aboutRightTopic(String prompt, String reply) {
        return rightTopic(found(Words.plain(reply)), scenario.recognise(prompt));
    }

    /**
     * Whether the text is made of this world's sentences: starts with a capital, ends a sentence, no strange run of
     * words.
     */
    public boolean readable(String reply) {
        String text = reply.strip();
        return !text.isEmpty() && Character.isUpperCase(text.charAt(0))
                && ".!?".indexOf(text.charAt(text.length() - 1)) >= 0
                && Words.sentences(text).stream().allMatch(sentence -> trigrams.containsAll(trigrams(sentence)));
    }

    private static boolean rightTopic(List<Found> found, Optional<Recognised> about) {
        return about.isPresent() && !found.isEmpty()
                && found.stream().allMatch(one -> one.phrase().topic().equals(about.get().topic()));
    }

    /** One naming of the right issue, with the right product where it names one, and none of a wrong issue. */
    private static boolean namesIssue(List<Found> found, Recognised about) {
        List<Found> named = found.stream().filter(one -> one.phrase().kind() == Kind.NAMED).toList();
        return !named.isEmpty() && named.stream().allMatch(one -> one.phrase().issue().equals(about.issue())
                && (!one.phrase().namesItem() || one.item().equals(about.item())));
    }

    private static boolean givesNextStep(List<Found> found, Issue issue) {
        List<Found> steps = found.stream().filter(one -> one.phrase().kind() == Kind.STEP).toList();
        return !steps.isEmpty() && steps.stream().allMatch(one -> one.phrase().issue().equals(issue));
    }

    /** The same sentence twice, the same run of five words twice, or the issue or the step said in two ways. */
    private static boolean repeats(String reply, List<Found> found) {
        Set<String> said = new HashSet<>();
        Set<String> runs = new HashSet<>();
        for (String sentence : Words.sentences(reply)) {
            List<String> words = List.of(Words.plain(sentence).strip().split(" "));
            if (!said.add(String.join(" ", words))) {
                return true;
            }
            Set<String> own = new HashSet<>();
            for (int i = 0; i + REPEATED_RUN <= words.size(); i++) {
                own.add(String.join(" ", words.subList(i, i + REPEATED_RUN)));
            }
            if (own.stream().anyMatch(run -> !runs.add(run))) {
                return true;
            }
        }
        return found.stream().filter(one -> one.phrase().kind() == Kind.NAMED).count() > 1
                || found.stream().filter(one -> one.phrase().kind() == Kind.STEP).count() > 1;
    }

    private List<Found> found(String text) {
        List<Found> found = new ArrayList<>();
        for (Phrase phrase : phrases) {
            Matcher matcher = phrase.pattern().matcher(text);
            while (matcher.find()) {
                found.add(new Found(phrase,
                        phrase.namesItem() ? Optional.of(matcher.group("thing")) : Optional.empty()));
            }
        }
        return found;
    }

    private void add(Kind kind, Topic topic, Issue issue, String clause, String before, String items) {
        String marked = Words.plain(Scenario.SLOT.matcher(clause).replaceAll("slot")).strip();
        boolean namesItem = !marked.equals(Words.plain(clause).strip());
        String regex = "(?<= )" + before + marked.replace("slot", "(?<thing>" + items + ")") + "(?= )";
        phrases.add(new Phrase(kind, topic, issue, Pattern.compile(regex), namesItem));
    }

    private Set<String> trigrams(String sentence) {
        List<String> words = new ArrayList<>(List.of("^", "^"));
        words.addAll(Words.of(anyItem.matcher(sentence).replaceAll("{item}")));
        words.add("$");
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + 3 <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + 3)));
        }
        return runs;
    }
}
