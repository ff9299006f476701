package dev.ratchet.stats;

/**
 * The parameters of Dawid and Skene's model.
 *
 * @param prior share of each class among the units, [K]
 * @param confusion per reviewer and true class the probability of each label, [R, K, K]
 */
record ClassModel(double[] prior, double[][][] confusion) {

    /**
     * Log-probability of a unit's labels together with each class it could be, [K]; gold units have their class
     * given.
     */
    double[] logJoint(LabelSheet sheet, int unit) {
        double[] joint = new double[prior.length];
        for (int k = 0; k < prior.length; k++) {
            if (!sheet.isGold(unit)) {
                joint[k] = Math.log(prior[k]);
            } else if (sheet.gold()[unit] != k) {
                joint[k] = Double.NEGATIVE_INFINITY;
                continue;
            }
            for (int i = 0; i < sheet.reviewerOf()[unit].length; i++) {
                joint[k] += Math.log(confusion[sheet.reviewerOf()[unit][i]][k][sheet.categoryOf()[unit][i]]);
            }
        }
        return joint;
    }

    /** Turns log-weights into probabilities in place and returns the logarithm of their sum. */
    static double normalise(double[] logWeights) {
        double max = Double.NEGATIVE_INFINITY;
        for (double weight : logWeights) {
            max = Math.max(max, weight);
        }
        double sum = 0;
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] = Math.exp(logWeights[k] - max);
            sum += logWeights[k];
        }
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] /= sum;
        }
        return max + Math.log(sum);
    }
}
