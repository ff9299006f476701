package dev.ratchet.stats;

/**
 * How many labels of gold units each reviewer's labels are worth when their accuracy is estimated.
 *
 * <p>A label tells of a reviewer's accuracy p only as far as the unit's class is known from everyone else: with
 * probability q_k of class k from the others' labels (or gold), the label l has probability m_l = q_l p + (1 - q_l)(1
 * - p)/(K - 1), and Fisher's information on p is the sum over l of (q_l - (1 - q_l)/(K - 1))^2 / m_l. Times p(1 - p)
 * it is 1 where the class is known and 0 where the others tell nothing. Balanced accuracy gives each class the same
 * weight, so classes met unequally often cost precision: the sum is multiplied by K^2 / sum over k of (N / N_k),
 * where N_k is the expected number of units of class k with the prior's pseudo-counts.
 *
 * @param labels number of labels per reviewer
 * @param effective their worth per reviewer, between 0 and that number
 */
record EffectiveLabels(int[] labels, double[] effective) {

    static EffectiveLabels of(LabelSheet sheet, ClassModel model, double pseudoCountsPerClass) {
        int reviewers = sheet.reviewers().size();
        int classes = sheet.classes();
        int[] labels = new int[reviewers];
        double[] information = new double[reviewers];
        double[][] met = new double[reviewers][classes];
        for (int unit = 0; unit < sheet.units().size(); unit++) {
            double[] joint = model.logJoint(sheet, unit);
            for (int i = 0; i < sheet.reviewerOf()[unit].length; i++) {
                int reviewer = sheet.reviewerOf()[unit][i];
                double[][] confusion = model.confusion()[reviewer];
                double[] others = joint.clone();
                for (int k = 0; k < classes; k++) {
                    others[k] -= model.logConfusion()[reviewer][k][sheet.categoryOf()[unit][i]];
                }
                ClassModel.normalise(others);
                labels[reviewer]++;
                information[reviewer] += worth(others, ReviewerAccuracy.balanced(confusion));
                for (int k = 0; k < classes; k++) {
                    met[reviewer][k] += others[k];
                }
            }
        }
        double[] effective = new double[reviewers];
        for (int reviewer = 0; reviewer < reviewers; reviewer++) {
            effective[reviewer] = information[reviewer] * balance(met[reviewer], pseudoCountsPerClass);
        }
        return new EffectiveLabels(labels, effective);
    }

    private static double worth(double[] others, double accuracy) {
        double sum = 0;
        for (double share : others) {
            double elsewhere = (1 - share) / (others.length - 1);
            double slope = share - elsewhere;
            sum += slope * slope / (share * accuracy + elsewhere * (1 - accuracy));
        }
        return sum * accuracy * (1 - accuracy);
    }

    private static double balance(double[] met, double pseudoCounts) {
        double total = 0;
        double inverse = 0;
        for (double count : met) {
            total += count + pseudoCounts;
            inverse += 1 / (count + pseudoCounts);
        }
        return met.length * met.length / (total * inverse);
    }
}
