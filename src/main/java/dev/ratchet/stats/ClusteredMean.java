package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The mean of observations that come in clusters (replies to one prompt, say), with a cluster-robust 95% interval:
 * the sandwich variance of Liang and Zeger (1986) with the factor G/(G-1) for G clusters.
 */
public final class ClusteredMean {
    private final Map<Object, List<Double>> clusters = new LinkedHashMap<>();
    private double sum;
    private int count;

    /** Adds one observation of a cluster. */
    public ClusteredMean add(Object cluster, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("An observation of cluster %s is %s.".formatted(cluster, value));
        }
        clusters.computeIfAbsent(Objects.requireNonNull(cluster), key -> new ArrayList<>()).add(value);
        sum += value;
        count++;
        return this;
    }

    public int observations() {
        return count;
    }

    public int clusters() {
        return clusters.size();
    }

    /** The mean of all observations; at least one is needed. */
    public double mean() {
        if (count == 0) {
            throw new IllegalStateException("A mean needs at least one observation.");
        }
        return sum / count;
    }

    /** Standard error of the mean; needs at least two clusters. */
    public double standardError() {
        int groups = clusters.size();
        if (groups < 2) {
            throw new IllegalStateException("An interval needs at least two clusters, not %d.".formatted(groups));
        }
        double mean = mean();
        double squares = 0;
        for (List<Double> values : clusters.values()) {
            double residual = 0;
            for (double value : values) {
                residual += value - mean;
            }
            squares += residual * residual;
        }
        return Math.sqrt(squares * groups / (groups - 1.0)) / count;
    }

    /** Mean with its 95% interval by the normal approximation; needs at least two clusters. */
    public Interval interval() {
        double mean = mean();
        double halfWidth = Interval.Z95 * standardError();
        return new Interval(mean, mean - halfWidth, mean + halfWidth);
    }
}
