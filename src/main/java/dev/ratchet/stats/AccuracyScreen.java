package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks of all reviewers whether they are wrong more often than by chance, or right no more often. */
record AccuracyScreen(double level, int team) {

    List<Finding> adversarial(List<ReviewerEvidence> reviewers) {
        List<ReviewerEvidence> judged = judged(reviewers);
        double[] adjusted = SignificanceTests.holm(
                judged.stream().mapToDouble(one -> below(one, accuracy(one).chance())).toArray());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            ReviewerAccuracy accuracy = accuracy(judged.get(i));
            if (adjusted[i] < level && accuracy.accuracy().high() < accuracy.chance()) {
                findings.add(new Finding(judged.get(i).reviewer(), Finding.Kind.ADVERSARIAL, adjusted[i],
                        String.format(Locale.ROOT, "Accuracy %s over %d labels lies wholly below chance, %.2f.",
                                words(accuracy.accuracy()), accuracy.labels(), accuracy.chance())));
            }
        }
        return findings;
    }

    List<Finding> careless(List<ReviewerEvidence> reviewers) {
        List<ReviewerEvidence> judged = judged(reviewers);
        if (judged.size() < team) {
            return List.of();
        }
        double median = Quantile.median(judged.stream().map(one -> accuracy(one).accuracy().estimate()).toList());
        double[] adjusted = SignificanceTests.holm(judged.stream().mapToDouble(one -> below(one, median)).toArray());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            ReviewerAccuracy accuracy = accuracy(judged.get(i));
            Interval interval = accuracy.accuracy();
            if (adjusted[i] < level && interval.low() <= accuracy.chance() && accuracy.chance() <= interval.high()) {
                findings.add(new Finding(judged.get(i).reviewer(), Finding.Kind.CARELESS, adjusted[i],
                        String.format(Locale.ROOT,
                                "Accuracy %s over %d labels includes chance, %.2f,"
                                        + " and is below the team's median, %.2f.",
                                words(interval), accuracy.labels(), accuracy.chance(), median)));
            }
        }
        return findings;
    }

    private static List<ReviewerEvidence> judged(List<ReviewerEvidence> reviewers) {
        return reviewers.stream().filter(one -> one.accuracy().isPresent()).toList();
    }

    private static ReviewerAccuracy accuracy(ReviewerEvidence reviewer) {
        return reviewer.accuracy().orElseThrow();
    }

    private static double below(ReviewerEvidence reviewer, double bound) {
        ReviewerAccuracy accuracy = accuracy(reviewer);
        return SignificanceTests.below(accuracy.accuracy().estimate(), bound, accuracy.effectiveLabels());
    }

    static String words(Interval interval) {
        return String.format(Locale.ROOT, "%.2f (95%% interval %.2f to %.2f)", interval.estimate(), interval.low(),
                interval.high());
    }
}
