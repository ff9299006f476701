package dev.ratchet.stats;

import java.util.Arrays;
import java.util.List;

/**
 * How reliable one reviewer is.
 *
 * @param labels number of labels that they gave
 * @param effectiveLabels how many labels of gold units these are worth ({@link EffectiveLabels})
 * @param confusion per true class the probability of each label, [K, K], shrunk towards the crowd
 * @param accuracy balanced accuracy, the mean of the confusion matrix's diagonal, with Wilson's 95% interval on
 * effective labels
 * @param chance accuracy of who labels without looking: 1 / K
 */
public record ReviewerAccuracy(int labels, double effectiveLabels, List<List<Double>> confusion, Interval accuracy,
        double chance) {

    static ReviewerAccuracy of(double[][] confusion, int labels, double effectiveLabels) {
        double accuracy = balanced(confusion);
        Interval interval = effectiveLabels > 0 ? Proportions.wilson(accuracy * effectiveLabels, effectiveLabels)
                : new Interval(accuracy, 0, 1);
        return new ReviewerAccuracy(labels, effectiveLabels, Arrays.stream(confusion).map(DawidSkene::list).toList(),
                new Interval(accuracy, interval.low(), interval.high()), 1.0 / confusion.length);
    }

    static double balanced(double[][] confusion) {
        double sum = 0;
        for (int k = 0; k < confusion.length; k++) {
            sum += confusion[k][k];
        }
        return sum / confusion.length;
    }

    /**
     * What a label of theirs should count for in training, in [0, 1], by the formula {@value
     * ReviewerReliability#WEIGHTS}: how far their accuracy p lies above chance, max(0, (p - 1/K) / (1 - 1/K)); with
     * two classes max(0, 2p - 1). Who tosses coins or answers against the truth counts for nothing.
     */
    public double weight() {
        return Math.max(0, (accuracy.estimate() - chance) / (1 - chance));
    }
}
