package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * Maximum a posteriori fit of Dawid and Skene's model (1979) by expectation-maximization with pseudo-counts, which
 * never lowers the log-likelihood plus the log-prior.
 */
final class ExpectationMaximization {
    private final LabelSheet sheet;
    private final double classPseudoCount;
    private final double[][] confusionPseudoCounts;

    /**
     * A fit's end.
     *
     * @param posteriors per unit the probability of each class, [N, K]
     * @param logPosteriors log-likelihood plus log-prior (up to a constant) at each iteration
     */
    record Fit(ClassModel model, double[][] posteriors, double logLikelihood, List<Double> logPosteriors,
            boolean converged) {
        double logPosterior() {
            return logPosteriors.get(logPosteriors.size() - 1);
        }
    }

    /**
     * @param confusionPseudoCounts labels that each reviewer is taken to have given beforehand, by true class, [K,
     * K], all positive
     */
    ExpectationMaximization(LabelSheet sheet, double classPseudoCount, double[][] confusionPseudoCounts) {
        this.sheet = sheet;
        this.classPseudoCount = classPseudoCount;
        this.confusionPseudoCounts = confusionPseudoCounts;
    }

    /**
     * Runs to a mode of the posterior; which one it is depends on where it starts.
     *
     * @param start per unit the probability of each class to begin with, [N, K]
     */
    Fit run(double[][] start, int maxIterations, double tolerance) {
        double[][] posteriors = copy(start);
        List<Double> trajectory = new ArrayList<>();
        while (true) {
            ClassModel model = maximise(posteriors);
            double logLikelihood = 0;
            for (int unit = 0; unit < posteriors.length; unit++) {
                posteriors[unit] = model.logJoint(sheet, unit);
                logLikelihood += ClassModel.normalise(posteriors[unit]);
            }
            double before = trajectory.isEmpty() ? Double.NEGATIVE_INFINITY : trajectory.get(trajectory.size() - 1);
            double now = logLikelihood + logPrior(model);
            trajectory.add(now);
            boolean converged = now - before <= tolerance * (1 + Math.abs(now));
            if (converged || trajectory.size() == maxIterations) {
                return new Fit(model, posteriors, logLikelihood, List.copyOf(trajectory), converged);
            }
        }
    }

    /** The majority's view: a class keeps the meaning that most reviewers give it. */
    double[][] votes() {
        double[][] shares = new double[sheet.units().size()][sheet.classes()];
        for (int unit = 0; unit < shares.length; unit++) {
            if (sheet.isGold(unit)) {
                shares[unit][sheet.gold()[unit]] = 1;
                continue;
            }
            for (int category : sheet.categoryOf()[unit]) {
                shares[unit][category] += 1.0 / sheet.categoryOf()[unit].length;
            }
        }
        return shares;
    }

    /** The view of reviewers who are known by gold units alone: everybody else is taken to be as the priors say. */
    double[][] knownByGold() {
        double[][] known = new double[sheet.units().size()][sheet.classes()];
        for (int unit = 0; unit < known.length; unit++) {
            if (sheet.isGold(unit)) {
                known[unit][sheet.gold()[unit]] = 1;
            }
        }
        ClassModel model = maximise(known);
        for (int unit = 0; unit < known.length; unit++) {
            known[unit] = model.logJoint(sheet, unit);
            ClassModel.normalise(known[unit]);
        }
        return known;
    }

    private ClassModel maximise(double[][] posteriors) {
        int classes = sheet.classes();
        double[] prior = new double[classes];
        double[][][] confusion = new double[sheet.reviewers().size()][][];
        for (int reviewer = 0; reviewer < confusion.length; reviewer++) {
            confusion[reviewer] = copy(confusionPseudoCounts);
        }
        for (int k = 0; k < classes; k++) {
            prior[k] = classPseudoCount;
            for (int unit = 0; unit < posteriors.length; unit++) {
                // Whoever picked the gold tasks chose their classes: they say nothing of how often a class occurs.
                prior[k] += sheet.isGold(unit) ? 0 : posteriors[unit][k];
                for (int i = 0; i < sheet.reviewerOf()[unit].length; i++) {
                    confusion[sheet.reviewerOf()[unit][i]][k][sheet.categoryOf()[unit][i]] += posteriors[unit][k];
                }
            }
        }
        toShares(prior);
        for (double[][] rows : confusion) {
            for (double[] row : rows) {
                toShares(row);
            }
        }
        return ClassModel.of(prior, confusion);
    }

    private double logPrior(ClassModel model) {
        double sum = 0;
        for (double share : model.prior()) {
            sum += classPseudoCount * Math.log(share);
        }
        for (double[][] rows : model.confusion()) {
            for (int k = 0; k < rows.length; k++) {
                for (int label = 0; label < rows.length; label++) {
                    sum += confusionPseudoCounts[k][label] * Math.log(rows[k][label]);
                }
            }
        }
        return sum;
    }

    static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            copy[row] = rows[row].clone();
        }
        return copy;
    }

    static void toShares(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] /= sum;
        }
    }
}
