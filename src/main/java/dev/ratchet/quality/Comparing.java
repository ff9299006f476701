package dev.ratchet.quality;

import dev.ratchet.question.Comparison;
import dev.ratchet.stats.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What ratings say of which of two responses is better: labels of two classes, and sides. */
final class Comparing {
    /** The response with the smaller id is better, or the other one. */
    static final int CLASSES = 2;

    private final RatingSample sample;

    Comparing(RatingSample sample) {
        this.sample = sample;
    }

    /** The comparisons of a rating, by the first question of its version that compares and was answered. */
    List<Comparison> of(StandingRating rating) {
        var told = sample.instructions().get(rating.version());
        return told == null ? List.of() : told.questions.comparisons(rating.answers(), rating.order());
    }

    /**
     * A label for each two responses that a reviewer told apart; ties and "both bad" name no class. Of checks, gold
     * alone counts, by the rating that counts there.
     */
    List<Label> labels() {
        List<Label> labels = new ArrayList<>();
        for (StandingRating rating : sample.ratings()) {
            if (!sample.checks().contains(rating.task())) {
                of(rating).stream().filter(said -> said.strength() != 0).forEach(said -> labels.add(new Label(
                        unit(rating.task(), Math.min(said.first(), said.second()),
                                Math.max(said.first(), said.second())),
                        Long.toString(rating.reviewer()),
                        said.strength() > 0 == said.first() < said.second() ? 0 : 1)));
            }
        }
        sample.gold().forEach(mark -> mark.sides().stream().filter(side -> side.given() != 0).forEach(side ->
                labels.add(new Label(unit(mark.taskId(), side.first(), side.second()), Long.toString(mark.accountId()),
                        side.given() > 0 ? 0 : 1))));
        return labels;
    }

    /** The known classes of gold tasks. */
    Map<String, Integer> gold() {
        Map<String, Integer> known = new LinkedHashMap<>();
        sample.gold().forEach(mark -> mark.sides().stream().filter(side -> side.expected() != 0).forEach(side ->
                known.put(unit(mark.taskId(), side.first(), side.second()), side.expected() > 0 ? 0 : 1)));
        return known;
    }

    /** How often each reviewer chose between two answers, and how often the one on the left. */
    Map<Long, Sides> sides() {
        Map<Long, Sides> sides = new LinkedHashMap<>();
        for (StandingRating rating : sample.ratings()) {
            // Of more than two answers, the comparisons of one rating depend on each other.
            if (rating.shown().size() == 2) {
                of(rating).stream().filter(said -> said.strength() != 0).forEach(said -> sides.merge(rating.reviewer(),
                        new Sides(said.strength() > 0 ? 1 : 0, 1), Sides::plus));
            }
        }
        return sides;
    }

    /** Choices of a side. */
    record Sides(int left, int choices) {
        Sides plus(Sides other) {
            return new Sides(left + other.left, choices + other.choices);
        }
    }

    private static String unit(long task, long smaller, long greater) {
        return task + "/" + smaller + "/" + greater;
    }
}
