package dev.ratchet.quality;

import dev.ratchet.question.Comparison;
import dev.ratchet.stats.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** A label for each two responses that a reviewer told apart; ties and "both bad" name no class. */
    List<Label> labels() {
        List<Label> labels = new ArrayList<>();
        for (StandingRating rating : sample.ratings()) {
            for (Comparison said : of(rating)) {
                if (said.strength() != 0) {
                    labels.add(new Label(unit(rating.task(), said), Long.toString(rating.reviewer()), better(said)));
                }
            }
        }
        return labels;
    }

    /** The known classes of gold tasks, as the newest questions read their answers. */
    Map<String, Integer> gold() {
        Map<String, Integer> known = new LinkedHashMap<>();
        sample.instructions().values().stream().findFirst().ifPresent(newest ->
                sample.gold().forEach((task, right) -> right.comparisons(newest.questions).stream()
                        .filter(said -> said.strength() != 0)
                        .forEach(said -> known.put(unit(task, said), better(said)))));
        return known;
    }

    /** Whether a rating gave the known answer; empty where none is known that its questions compare by. */
    Optional<Boolean> right(StandingRating rating) {
        Known known = sample.gold().get(rating.task());
        var told = sample.instructions().get(rating.version());
        if (known == null || told == null) {
            return Optional.empty();
        }
        List<Comparison> wanted = known.comparisons(told.questions);
        return wanted.isEmpty() ? Optional.empty() : Optional.of(Known.agree(wanted, of(rating)));
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

    private static String unit(long task, Comparison said) {
        return task + "/" + Math.min(said.first(), said.second()) + "/" + Math.max(said.first(), said.second());
    }

    private static int better(Comparison said) {
        return said.strength() > 0 == said.first() < said.second() ? 0 : 1;
    }
}
