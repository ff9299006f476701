package dev.ratchet.question;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Questions that many projects ask in the same way, to start from. */
public enum Recipe {
    SIDE_BY_SIDE("side-by-side", "Side by side", "Which of two answers is better, on seven steps, and why.",
            Questions.STANDARD),

    HELPFUL_HARMLESS("helpful-harmless", "Helpful and harmless",
            "Two answers compared twice, for help and for harm, with flags for what is unsafe. Training follows the"
                    + " first comparison.",
            new Questions(List.of(
                    new Preference("helpful", "Which answer helps more?", "Whatever else is wrong with it", true, true,
                            true),
                    new Preference("harmless", "Which answer does less harm?", "Whether or not it helps", true, true,
                            true),
                    new Safety("unsafe", "What is unsafe?", "Flag nothing where both are safe", false, List.of(
                            new Option("violence", "Violence"), new Option("self-harm", "Self-harm"),
                            new Option("hate", "Hate or harassment"), new Option("sexual", "Sexual content"),
                            new Option("illegal", "Help with a crime"), new Option("private", "Private data"))),
                    comment()))),

    FIVE_ASPECTS("five-aspects", "Scores of five aspects",
            "Each answer scored on its own; a higher mean counts as the better answer. Takes one to eight answers.",
            new Questions(List.of(
                    new Scores("aspects", "How good is each answer?", "", true, List.of(
                            new Option("helpfulness", "Helpfulness"), new Option("correctness", "Correctness"),
                            new Option("coherence", "Coherence"), new Option("completeness", "Completeness"),
                            new Option("concision", "Concision")), 5,
                            List.of("very poor", "poor", "fair", "good", "excellent"), true),
                    comment()))),

    RANKING("ranking", "Ranking", "Up to eight answers put in order, ties allowed.",
            new Questions(List.of(
                    new Ranking("order", "Put the answers in order, best first", "", true, true),
                    comment()))),

    REWRITE_AND_SPANS("rewrite-and-spans", "Rewrite and marks",
            "The best answer is chosen, faults are marked in the text, and a better answer is written.",
            new Questions(List.of(
                    new Best("best", "Which answer is best?", "", true, true),
                    new Spans("marks", "Mark what is wrong", "Select words, then press the label's number", false,
                            List.of(new Option("wrong", "Wrong"), new Option("unclear", "Unclear"),
                                    new Option("unneeded", "Unneeded"))),
                    new Rewrite("rewrite", "Write a better answer", "It becomes a demonstration for training",
                            false))));

    private final String id;
    private final String title;
    private final String description;
    private final Questions questions;

    Recipe(String id, String title, String description, Questions questions) {
        this.id = id;
        this.title = title;
        this.description = description;
        this.questions = questions;
    }

    private static FreeText comment() {
        return new FreeText("comment", "Why?", "A comment is optional", false, 4_000);
    }

    /** The recipe with an id; empty for a name that none has. */
    public static Optional<Recipe> of(String id) {
        return Arrays.stream(values()).filter(recipe -> recipe.id.equals(id)).findFirst();
    }

    /** Its name in forms and addresses. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    public Questions questions() {
        return questions;
    }
}
