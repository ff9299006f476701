package dev.ratchet.app.demo;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How a set of replies stands under the rubric.
 *
 * @param replies how many were judged
 * @param rightAndReadable share that is readable and about the right topic, 0 to 1
 * @param readable share that is readable
 * @param rightTopic share that is about the right topic
 * @param traits share that has each trait
 * @param meanScore mean score, 0 to {@link Rubric#BEST}
 */
public record StyleProfile(int replies, double rightAndReadable, double readable, double rightTopic,
        Map<Trait, Double> traits, double meanScore) {

    /** The profile of dialogues; empty input has shares of zero. */
    public static StyleProfile of(Rubric rubric, List<Corpus.Dialogue> dialogues) {
        List<Rubric.Verdict> verdicts = dialogues.stream().map(d -> rubric.judge(d.prompt(), d.reply())).toList();
        Map<Trait, Double> traits = new EnumMap<>(Trait.class);
        for (Trait trait : Trait.values()) {
            traits.put(trait, share(verdicts, verdict -> verdict.has(trait)));
        }
        return new StyleProfile(verdicts.size(), share(verdicts, v -> v.readable() && v.rightTopic()),
                share(verdicts, Rubric.Verdict::readable), share(verdicts, Rubric.Verdict::rightTopic), traits,
                verdicts.stream().mapToDouble(Rubric.Verdict::score).average().orElse(0));
    }

    /** A table to print, one line a measure. */
    public String table() {
        StringBuilder table = new StringBuilder();
        line(table, "right topic and readable", rightAndReadable);
        line(table, "readable", readable);
        line(table, "right topic", rightTopic);
        traits.forEach((trait, share) -> line(table, trait.title(), share));
        return table.append(String.format(Locale.ROOT, "%-26s %6.2f of %.0f over %d replies%n", "mean score", meanScore,
                Rubric.BEST, replies)).toString();
    }

    private static void line(StringBuilder table, String name, double share) {
        table.append(String.format(Locale.ROOT, "%-26s %6.1f %%%n", name, 100 * share));
    }

    private static double share(List<Rubric.Verdict> verdicts, Predicate<Rubric.Verdict> test) {
        return verdicts.isEmpty() ? 0 : verdicts.stream().filter(test).count() / (double) verdicts.size();
    }
}
