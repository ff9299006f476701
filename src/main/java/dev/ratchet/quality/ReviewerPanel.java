package dev.ratchet.quality;

import dev.ratchet.project.Instructions;
import dev.ratchet.stats.DawidSkene;
import dev.ratchet.stats.Finding;
import dev.ratchet.stats.Label;
import dev.ratchet.stats.Proportions;
import dev.ratchet.stats.Quantile;
import dev.ratchet.stats.ReviewerAccuracy;
import dev.ratchet.stats.ReviewerEvidence;
import dev.ratchet.stats.ReviewerScreen;
import dev.ratchet.stats.SideBias;
import dev.ratchet.task.GoldMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Computes what the ratings say of each reviewer's work, and whose work a lead should look at. */
public final class ReviewerPanel {
    private static final double MILLIS = 1000.0;

    private final RatingSample sample;
    private final Comparing comparing;

    ReviewerPanel(RatingSample sample) {
        this.sample = sample;
        comparing = new Comparing(sample);
    }

    /** What ratings of one version of the instructions say, without gold; by name. */
    public static List<ReviewerFigures> of(Instructions told, List<StandingRating> ratings, Map<Long, String> names) {
        return new ReviewerPanel(new RatingSample(ratings, ratings.size(), Map.of(told.version, told), Set.of(),
                List.of(), names)).figures();
    }

    /** By name. */
    List<ReviewerFigures> figures() {
        Map<Long, List<StandingRating>> byReviewer = sample.ratings().stream()
                .collect(Collectors.groupingBy(StandingRating::reviewer, TreeMap::new, Collectors.toList()));
        Map<String, ReviewerAccuracy> accuracies = accuracies();
        Map<Long, Comparing.Sides> sides = comparing.sides();
        List<ReviewerEvidence> evidence = new ArrayList<>();
        Map<Long, ReviewerFigures.Times> times = new TreeMap<>();
        byReviewer.forEach((reviewer, ratings) -> {
            times(ratings).ifPresent(time -> times.put(reviewer, time));
            evidence.add(new ReviewerEvidence(Long.toString(reviewer),
                    Optional.ofNullable(accuracies.get(Long.toString(reviewer))),
                    Optional.ofNullable(sides.get(reviewer)).map(side -> SideBias.of(side.left(), side.choices())),
                    times.containsKey(reviewer) && times.get(reviewer).median() > 0
                            ? OptionalDouble.of(times.get(reviewer).median()) : OptionalDouble.empty()));
        });
        Map<String, List<Finding>> findings = ReviewerScreen.usual().findings(evidence).stream()
                .collect(Collectors.groupingBy(Finding::reviewer));
        Map<Long, int[]> gold = gold();
        return evidence.stream().map(one -> {
            long id = Long.parseLong(one.reviewer());
            return new ReviewerFigures(sample.reviewer(id), byReviewer.get(id).size(),
                    one.sides().map(ReviewerPanel::sides).orElse(null), gold(gold.get(id)), times.get(id),
                    one.accuracy().map(ReviewerPanel::reliability).orElse(null),
                    findings.getOrDefault(one.reviewer(), List.of()).stream().map(ReviewerPanel::found).toList());
        }).sorted(Comparator.comparing((ReviewerFigures one) -> one.reviewer().name().toLowerCase(Locale.ROOT))
                .thenComparing(one -> one.reviewer().id())).toList();
    }

    private Map<String, ReviewerAccuracy> accuracies() {
        List<Label> labels = comparing.labels();
        return labels.isEmpty() ? Map.of()
                : DawidSkene.ofClasses(Comparing.CLASSES).fit(labels, comparing.gold()).reviewers();
    }

    /** Times above 0 alone were measured. */
    static Optional<ReviewerFigures.Times> times(List<StandingRating> ratings) {
        double[] seconds = ratings.stream().filter(rating -> rating.activeMillis() > 0)
                .mapToDouble(rating -> rating.activeMillis() / MILLIS).sorted().toArray();
        return seconds.length == 0 ? Optional.empty() : Optional.of(new ReviewerFigures.Times(
                Quantile.ofSorted(seconds, 0.25), Quantile.ofSorted(seconds, 0.5), Quantile.ofSorted(seconds, 0.75)));
    }

    private Map<Long, int[]> gold() {
        Map<Long, int[]> counts = new TreeMap<>();
        for (GoldMark mark : sample.gold()) {
            int[] count = counts.computeIfAbsent(mark.accountId(), id -> new int[2]);
            count[0] += mark.right() ? 1 : 0;
            count[1]++;
        }
        return counts;
    }

    private static ReviewerFigures.Gold gold(int[] count) {
        return count == null ? null : new ReviewerFigures.Gold(count[0], count[1],
                Estimate.of(Proportions.wilson(count[0], count[1])));
    }

    private static ReviewerFigures.Sides sides(SideBias bias) {
        return new ReviewerFigures.Sides(bias.left(), bias.choices(), Estimate.of(bias.share()), bias.probability());
    }

    private static ReviewerFigures.Reliability reliability(ReviewerAccuracy accuracy) {
        return new ReviewerFigures.Reliability(Estimate.of(accuracy.accuracy()), accuracy.labels(),
                accuracy.effectiveLabels(), accuracy.weight());
    }

    private static ReviewerFigures.Found found(Finding finding) {
        return new ReviewerFigures.Found(finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                finding.evidence(), finding.probability());
    }
}
