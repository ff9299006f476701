package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Ratings gathered by unit, their values numbered in ascending order: the reliability data of Krippendorff.
 *
 * @param levels the distinct values that occur in these units, ascending
 * @param units per unit, the index of each of its values in {@code levels}
 * @param raters number of raters of these units
 */
record RatedUnits(double[] levels, int[][] units, int raters) {

    /** The units with at least so many ratings; refuses a rater's second rating of a unit. */
    static RatedUnits withAtLeast(int count, Collection<UnitRating> ratings) {
        List<Map<String, Double>> units = byUnit(ratings).values().stream()
                .filter(values -> values.size() >= count).toList();
        double[] levels = units.stream().flatMap(values -> values.values().stream())
                .mapToDouble(Double::doubleValue).map(value -> value + 0.0).sorted().distinct().toArray();
        Map<Double, Integer> index = new TreeMap<>();
        for (double level : levels) {
            index.put(level, index.size());
        }
        int[][] indexed = units.stream()
                .map(values -> values.values().stream().mapToInt(value -> index.get(value + 0.0)).toArray())
                .toArray(int[][]::new);
        Set<String> raters = units.stream().flatMap(values -> values.keySet().stream()).collect(Collectors.toSet());
        return new RatedUnits(levels, indexed, raters.size());
    }

    /** Each unit's value per rater, in the order in which units and raters first come. */
    static Map<String, Map<String, Double>> byUnit(Collection<UnitRating> ratings) {
        Map<String, Map<String, Double>> units = new LinkedHashMap<>();
        for (UnitRating rating : ratings) {
            Double earlier = units.computeIfAbsent(rating.unit(), unit -> new LinkedHashMap<>())
                    .putIfAbsent(rating.rater(), rating.value());
            if (earlier != null) {
                throw new IllegalArgumentException("%s rated %s twice: give the rating that stands."
                        .formatted(rating.rater(), rating.unit()));
            }
        }
        return units;
    }

    int ratings() {
        int sum = 0;
        for (int[] unit : units) {
            sum += unit.length;
        }
        return sum;
    }

    /** The ratings of a rectangular sheet of counts: per unit, how many raters chose each category. */
    static RatedUnits ofCounts(int[][] counts) {
        List<int[]> units = new ArrayList<>();
        int most = 0;
        int categories = 0;
        for (int[] row : counts) {
            List<Integer> unit = new ArrayList<>();
            for (int category = 0; category < row.length; category++) {
                for (int i = 0; i < row[category]; i++) {
                    unit.add(category);
                }
            }
            categories = Math.max(categories, row.length);
            most = Math.max(most, unit.size());
            units.add(unit.stream().mapToInt(Integer::intValue).toArray());
        }
        double[] levels = new double[categories];
        for (int category = 0; category < categories; category++) {
            levels[category] = category;
        }
        return new RatedUnits(levels, units.toArray(int[][]::new), most);
    }
}
