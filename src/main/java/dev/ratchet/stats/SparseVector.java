package dev.ratchet.stats;

import java.util.Map;
import java.util.TreeMap;

/** A vector of which few entries are not zero. */
public record SparseVector(int[] places, double[] values) {
    public SparseVector {
        if (places.length != values.length) {
            throw new IllegalArgumentException("A sparse vector needs one value for each place.");
        }
    }

    public static SparseVector of(Map<Integer, Double> entries) {
        Map<Integer, Double> sorted = new TreeMap<>(entries);
        return new SparseVector(sorted.keySet().stream().mapToInt(Integer::intValue).toArray(),
                sorted.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    public double dot(double[] dense) {
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            sum += values[i] * dense[places[i]];
        }
        return sum;
    }

    /** dense += factor x this. */
    void addTo(double[] dense, double factor) {
        for (int i = 0; i < places.length; i++) {
            dense[places[i]] += factor * values[i];
        }
    }
}
