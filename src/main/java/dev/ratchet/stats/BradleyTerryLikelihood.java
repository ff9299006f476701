package dev.ratchet.stats;

import java.util.Arrays;

/**
 * The likelihood of a table of comparisons under Bradley and Terry's model, ties as halves, as a function of the
 * players' log-strengths, and its maximum.
 */
record BradleyTerryLikelihood(ComparisonTable table) {
    private static final int MAX_STEPS = 100;

    /** The most likely log-strengths, which sum to zero, by Newton's method; the table must have a finite maximum. */
    double[] maximum() {
        double[] strengths = new double[table.players().size()];
        double likelihood = at(strengths);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] move = Symmetric.multiply(Symmetric.inverse(information(strengths)), gradient(strengths));
            double[] next = moved(strengths, move, 1);
            double now = at(next);
            // The likelihood is concave, so a shorter step always rises until rounding is all that is left.
            for (double length = 0.5; now < likelihood && length > 1e-9; length /= 2) {
                next = moved(strengths, move, length);
                now = at(next);
            }
            if (now < likelihood || Arrays.stream(move).map(Math::abs).max().orElse(0) < 1e-12) {
                return strengths;
            }
            strengths = next;
            likelihood = now;
        }
        return strengths;
    }

    private static double[] moved(double[] from, double[] move, double length) {
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + length * move[i];
        }
        double mean = Arrays.stream(to).average().orElse(0);
        return Arrays.stream(to).map(strength -> strength - mean).toArray();
    }

    private static double probability(double[] strengths, int player, int other) {
        return 1 / (1 + Math.exp(strengths[other] - strengths[player]));
    }

    private double at(double[] strengths) {
        double sum = 0;
        for (int i = 0; i < strengths.length; i++) {
            for (int j = 0; j < strengths.length; j++) {
                double score = table.score(i, j);
                sum += score == 0 ? 0 : score * Math.log(probability(strengths, i, j));
            }
        }
        return sum;
    }

    private double[] gradient(double[] strengths) {
        double[] gradient = new double[strengths.length];
        for (int i = 0; i < strengths.length; i++) {
            for (int j = 0; j < strengths.length; j++) {
                double games = table.score(i, j) + table.score(j, i);
                gradient[i] += i == j ? 0 : table.score(i, j) - games * probability(strengths, i, j);
            }
        }
        return gradient;
    }

    /** Fisher's information, with one in the direction that the sum of zero leaves out, so that it can be inverted. */
    private double[][] information(double[] strengths) {
        return Symmetric.laplacian(strengths.length, 1, (i, j) -> {
            double p = probability(strengths, i, j);
            return (table.score(i, j) + table.score(j, i)) * p * (1 - p);
        });
    }

    /**
     * Standard errors of the log-strengths by the sandwich estimator, which stays right where ties make outcomes less
     * spread than the model has them.
     */
    double[] sandwichErrors(double[] strengths) {
        double[][] bread = Symmetric.inverse(information(strengths));
        double[][] meat = Symmetric.laplacian(strengths.length, 0, (i, j) -> {
            double p = probability(strengths, i, j);
            return table.wins()[i][j] * (1 - p) * (1 - p) + table.wins()[j][i] * p * p
                    + table.tied(i, j) * (0.5 - p) * (0.5 - p);
        });
        double[] errors = new double[strengths.length];
        for (int i = 0; i < errors.length; i++) {
            // Laplacians have no part in the direction of ones, so the bread's one there drops out.
            double[] product = Symmetric.multiply(meat, bread[i]);
            for (int j = 0; j < errors.length; j++) {
                errors[i] += bread[i][j] * product[j];
            }
            errors[i] = Math.sqrt(errors[i]);
        }
        return errors;
    }
}
