package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How reliable each reviewer is, and what each unit's true class probably is, from overlapping labels and known
 * (gold) classes: the model of Dawid and Skene (1979), fitted by expectation-maximization with Dirichlet priors.
 *
 * <p>It is fitted twice. First every cell of every reviewer's confusion matrix has {@code smoothing} pseudo-counts.
 * Then each row has {@code crowdStrength} more, spread as all reviewers of the first fit together spread theirs, so
 * that a reviewer of few labels is taken to be like the crowd.
 *
 * <p>Overlap alone cannot tell a crowd that answers against the truth from an honest one: the classes change their
 * names and nothing else does. So a fit starts from the majority's votes. Where there are gold units, the first one is
 * also run from what they alone say of the reviewers, and that one holds if it makes labels and priors together more
 * than {@value #ODDS_OF_AN_HONEST_CROWD} times as likely: so sure we are beforehand that most reviewers are honest, and
 * a single gold unit that all of them get wrong does not turn them into adversaries.
 *
 * @param classes number of classes K, at least 2
 * @param smoothing symmetric Dirichlet pseudo-counts per cell, above 0
 * @param crowdStrength pseudo-counts per row towards the crowd, at least 0
 * @param maxIterations bound on each fit
 * @param tolerance relative gain of the log-posterior below which a fit has converged
 */
public record DawidSkene(int classes, double smoothing, double crowdStrength, int maxIterations, double tolerance) {
    private static final double ODDS_OF_AN_HONEST_CROWD = 1000;

    public DawidSkene {
        if (classes < 2 || !(smoothing > 0) || !(crowdStrength >= 0) || maxIterations < 1 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "Need two classes or more, smoothing above 0, a crowd strength of 0 or more.");
        }
    }

    /** The usual priors: half a label per cell (Jeffreys), one label per true class like the crowd's. */
    public static DawidSkene ofClasses(int classes) {
        return new DawidSkene(classes, 0.5, 1, 500, 1e-9);
    }

    /**
     * Fits the model.
     *
     * @param labels at most one per reviewer and unit
     * @param gold the known classes of some units; none is fine
     */
    public ReviewerReliability fit(Collection<Label> labels, Map<String, Integer> gold) {
        LabelSheet sheet = LabelSheet.of(labels, gold, classes);
        double[][] symmetric = new double[classes][classes];
        for (double[] row : symmetric) {
            Arrays.fill(row, smoothing);
        }
        ExpectationMaximization before = new ExpectationMaximization(sheet, smoothing, symmetric);
        ExpectationMaximization.Fit first = before.run(before.votes(), maxIterations, tolerance);
        boolean turned = false;
        if (sheet.hasGold()) {
            ExpectationMaximization.Fit byGold = before.run(before.knownByGold(), maxIterations, tolerance);
            turned = byGold.logPosterior() - first.logPosterior() > Math.log(ODDS_OF_AN_HONEST_CROWD);
            first = turned ? byGold : first;
        }
        ExpectationMaximization after =
                new ExpectationMaximization(sheet, smoothing, crowd(sheet, first.posteriors(), symmetric));
        ExpectationMaximization.Fit fit =
                after.run(turned ? after.knownByGold() : after.votes(), maxIterations, tolerance);
        return report(sheet, fit);
    }

    private double[][] crowd(LabelSheet sheet, double[][] posteriors, double[][] symmetric) {
        double[][] counts = ExpectationMaximization.copy(symmetric);
        for (int unit = 0; unit < posteriors.length; unit++) {
            for (int category : sheet.categoryOf()[unit]) {
                for (int k = 0; k < classes; k++) {
                    counts[k][category] += posteriors[unit][k];
                }
            }
        }
        for (double[] row : counts) {
            ExpectationMaximization.toShares(row);
            for (int label = 0; label < classes; label++) {
                row[label] = smoothing + crowdStrength * row[label];
            }
        }
        return counts;
    }

    private ReviewerReliability report(LabelSheet sheet, ExpectationMaximization.Fit fit) {
        EffectiveLabels effective = EffectiveLabels.of(sheet, fit.model(), smoothing * classes + crowdStrength);
        Map<String, ReviewerAccuracy> reviewers = new LinkedHashMap<>();
        for (int reviewer = 0; reviewer < sheet.reviewers().size(); reviewer++) {
            reviewers.put(sheet.reviewers().get(reviewer), ReviewerAccuracy.of(fit.model().confusion()[reviewer],
                    effective.labels()[reviewer], effective.effective()[reviewer]));
        }
        Map<String, List<Double>> posteriors = new LinkedHashMap<>();
        for (int unit = 0; unit < sheet.units().size(); unit++) {
            posteriors.put(sheet.units().get(unit), list(fit.posteriors()[unit]));
        }
        return new ReviewerReliability(reviewers, posteriors, list(fit.model().prior()), fit.logLikelihood(),
                fit.logPosteriors(), fit.converged());
    }

    static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return List.copyOf(list);
    }
}
