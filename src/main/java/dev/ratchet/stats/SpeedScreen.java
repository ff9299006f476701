package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks of all reviewers whether they take far less time than the others. */
record SpeedScreen(double level, double robustDeviations, double fastShare, int team) {

    List<Finding> findings(List<ReviewerEvidence> reviewers) {
        List<ReviewerEvidence> timed = reviewers.stream().filter(one -> one.medianSeconds().isPresent()).toList();
        if (timed.size() < team) {
            return List.of();
        }
        double median = Quantile.median(timed.stream().map(SpeedScreen::logSeconds).toList());
        double deviation = deviation(timed.stream().map(one -> Math.abs(logSeconds(one) - median)).toList());
        if (deviation == 0) {
            return List.of();
        }
        double[] scores = timed.stream().mapToDouble(one -> (logSeconds(one) - median) / deviation).toArray();
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = SignificanceTests.normal(scores[i]);
        }
        double[] adjusted = SignificanceTests.holm(probabilities);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            double seconds = timed.get(i).medianSeconds().orElseThrow();
            if (adjusted[i] < level && scores[i] < -robustDeviations && seconds < fastShare * Math.exp(median)) {
                findings.add(new Finding(timed.get(i).reviewer(), Finding.Kind.TOO_FAST, adjusted[i],
                        String.format(Locale.ROOT,
                                "Median active time %.1f s against the team's %.1f s, %.1f robust deviations below.",
                                seconds, Math.exp(median), -scores[i])));
            }
        }
        return findings;
    }

    /**
     * Standard deviation from the median absolute deviation; from the mean where more than half of the times are one.
     */
    private static double deviation(List<Double> distances) {
        double median = Quantile.median(distances);
        return median > 0 ? 1.4826 * median
                : Math.sqrt(Math.PI / 2) * distances.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double logSeconds(ReviewerEvidence reviewer) {
        return Math.log(reviewer.medianSeconds().orElseThrow());
    }
}
