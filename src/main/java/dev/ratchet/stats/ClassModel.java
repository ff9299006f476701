package dev.ratchet.stats;

/**
 * The parameters of Dawid and Skene's model.
 *
 * @param prior share of each class among the units, [K]
 * @param confusion per reviewer and true class the probability of each label, [R, K, K]
 * @param logPrior logarithms of the prior, which are asked for once a unit
 * @param logConfusion logarithms of the confusion, which are asked for once a label
 */
record ClassModel(double[] prior, double[][][] confusion, double[] logPrior, double[][][] logConfusion) {

    static ClassModel of(double[] prior, double[][][] confusion) {
        double[][][] logConfusion = new double[confusion.length][][];
        for (int reviewer = 0; reviewer < confusion.length; reviewer++) {
            logConfusion[reviewer] = new double[confusion[reviewer].length][];
            for (int k = 0; k < confusion[reviewer].length; k++) {
                logConfusion[reviewer][k] = logarithms(confusion[reviewer][k]);
            }
        }
        return new ClassModel(prior, confusion, logarithms(prior), logConfusion);
    }

    private static double[] logarithms(double[] shares) {
        double[] logarithms = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            logarithms[i] = Math.log(shares[i]);
        }
        return logarithms;
    }

    /**
     * Log-probability of a unit's labels together with each class it could be, [K]; gold units have their class
     * given.
     */
    double[] logJoint(LabelSheet sheet, int unit) {
        double[] joint = new double[prior.length];
        for (int k = 0; k < prior.length; k++) {
            if (!sheet.isGold(unit)) {
                joint[k] = logPrior[k];
            } else if (sheet.gold()[unit] != k) {
                joint[k] = Double.NEGATIVE_INFINITY;
                continue;
            }
            for (int i = 0; i < sheet.reviewerOf()[unit].length; i++) {
                joint[k] += logConfusion[sheet.reviewerOf()[unit][i]][k][sheet.categoryOf()[unit][i]];
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
