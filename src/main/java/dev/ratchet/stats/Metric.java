package dev.ratchet.stats;

/** How far two values are apart, by the level of measurement (Krippendorff 2011, "Computing alpha-reliability"). */
public enum Metric {
    /** Categories without order: equal or not. */
    NOMINAL {
        @Override
        double squaredDifference(double a, double b) {
            return a == b ? 0 : 1;
        }
    },
    /** Ranks: how many ratings lie between the two, ends counted half. */
    ORDINAL {
        @Override
        double[] positions(double[] levels, double[] counts) {
            double[] positions = new double[levels.length];
            double below = 0;
            for (int level = 0; level < levels.length; level++) {
                positions[level] = below + counts[level] / 2;
                below += counts[level];
            }
            return positions;
        }
    },
    /** Numbers whose differences mean something. */
    INTERVAL,
    /** Numbers with a true zero, none negative: differences in proportion to the sum. */
    RATIO {
        @Override
        double squaredDifference(double a, double b) {
            double share = a == b ? 0 : (a - b) / (a + b);
            return share * share;
        }
    };

    /**
     * Where each level lies on the scale on which differences are taken.
     *
     * @param levels the distinct values, ascending
     * @param counts how often each occurs
     */
    double[] positions(double[] levels, double[] counts) {
        return levels;
    }

    double squaredDifference(double a, double b) {
        return (a - b) * (a - b);
    }
}
