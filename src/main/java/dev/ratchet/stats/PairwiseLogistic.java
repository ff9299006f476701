package dev.ratchet.stats;

import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression on differences of pairs, without an intercept: the weights w that minimise the mean of
 * log(1 + exp(-w x)) + ridge / 2 |w|^2, where x is the better side's features minus the worse side's. Fitted by
 * Newton's method with conjugate gradients (Lin, Weng and Keerthi, 2008).
 */
public final class PairwiseLogistic {
    private static final int NEWTON_STEPS = 100;
    private static final int INNER_STEPS = 250;
    private static final double TOLERANCE = 1e-8;

    private PairwiseLogistic() {
    }

    /**
     * Fits.
     *
     * @param differences at least one, with places below {@code features}
     * @param ridge positive
     */
    public static double[] fit(List<SparseVector> differences, int features, double ridge) {
        if (differences.isEmpty() || !(ridge > 0)) {
            throw new IllegalArgumentException("A fit needs at least one pair and a positive ridge.");
        }
        double[] weights = new double[features];
        double start = -1;
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] gradient = gradient(differences, weights, ridge);
            double norm = Math.sqrt(dot(gradient, gradient));
            start = start < 0 ? norm : start;
            if (norm <= TOLERANCE * Math.max(start, 1e-12)) {
                break;
            }
            double[] direction = solve(differences, weights, ridge, gradient, norm);
            double slope = dot(gradient, direction);
            double before = value(differences, weights, ridge);
            double length = 1;
            double[] moved = moved(weights, direction, length);
            while (value(differences, moved, ridge) > before + 1e-4 * length * slope && length > 1e-10) {
                length /= 2;
                moved = moved(weights, direction, length);
            }
            weights = moved;
        }
        return weights;
    }

    /** The mean of -log sigmoid(w x): what a fit without its ridge would minimise. */
    public static double loss(List<SparseVector> differences, double[] weights) {
        double sum = 0;
        for (SparseVector x : differences) {
            double margin = x.dot(weights);
            sum += Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        return sum / differences.size();
    }

    private static double value(List<SparseVector> differences, double[] weights, double ridge) {
        return loss(differences, weights) + ridge / 2 * dot(weights, weights);
    }

    private static double[] gradient(List<SparseVector> differences, double[] weights, double ridge) {
        double[] gradient = new double[weights.length];
        for (SparseVector x : differences) {
            x.addTo(gradient, -sigmoid(-x.dot(weights)) / differences.size());
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += ridge * weights[i];
        }
        return gradient;
    }

    /** The Newton direction: Hessian x direction = -gradient, by conjugate gradients. */
    private static double[] solve(List<SparseVector> differences, double[] weights, double ridge, double[] gradient,
            double norm) {
        double[] curvature = differences.stream().mapToDouble(x -> x.dot(weights))
                .map(m -> sigmoid(m) * sigmoid(-m) / differences.size()).toArray();
        double[] direction = new double[weights.length];
        double[] residual = Arrays.stream(gradient).map(g -> -g).toArray();
        double[] search = residual.clone();
        double squares = dot(residual, residual);
        double enough = Math.min(0.1, Math.sqrt(norm)) * norm;
        for (int step = 0; step < INNER_STEPS && Math.sqrt(squares) > enough; step++) {
            double[] product = new double[weights.length];
            for (int i = 0; i < curvature.length; i++) {
                SparseVector x = differences.get(i);
                x.addTo(product, curvature[i] * x.dot(search));
            }
            for (int i = 0; i < product.length; i++) {
                product[i] += ridge * search[i];
            }
            double length = squares / dot(search, product);
            for (int i = 0; i < direction.length; i++) {
                direction[i] += length * search[i];
                residual[i] -= length * product[i];
            }
            double next = dot(residual, residual);
            for (int i = 0; i < search.length; i++) {
                search[i] = residual[i] + next / squares * search[i];
            }
            squares = next;
        }
        return direction;
    }

    private static double[] moved(double[] weights, double[] direction, double length) {
        double[] moved = weights.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += length * direction[i];
        }
        return moved;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }
}
