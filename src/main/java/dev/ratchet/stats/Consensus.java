package dev.ratchet.stats;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How often a reviewer says what most of the others said of the same unit; their own rating is left out of the
 * consensus.
 *
 * @param agreed units where they agree with it
 * @param units units where the others have one: a single most frequent value
 * @param share of agreement, with Wilson's 95% interval
 */
public record Consensus(int agreed, int units, Interval share) {

    /**
     * Per rater; who shares no unit on which the others have a consensus is absent. Values are compared for equality.
     */
    public static Map<String, Consensus> of(Collection<UnitRating> ratings) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Map<String, Double> unit : RatedUnits.byUnit(ratings).values()) {
            unit.forEach((rater, value) -> {
                OptionalDouble others = mostFrequentWithout(rater, unit);
                if (others.isPresent()) {
                    int[] count = counts.computeIfAbsent(rater, name -> new int[2]);
                    count[0] += others.getAsDouble() == value ? 1 : 0;
                    count[1]++;
                }
            });
        }
        Map<String, Consensus> consensus = new LinkedHashMap<>();
        counts.forEach((rater, count) -> consensus.put(
                rater, new Consensus(count[0], count[1], Proportions.wilson(count[0], count[1]))));
        return consensus;
    }

    private static OptionalDouble mostFrequentWithout(String rater, Map<String, Double> unit) {
        Map<Double, Integer> votes = new LinkedHashMap<>();
        unit.forEach((other, value) -> {
            if (!other.equals(rater)) {
                votes.merge(value + 0.0, 1, Integer::sum);
            }
        });
        int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        double[] leading = votes.entrySet().stream().filter(vote -> vote.getValue() == most)
                .mapToDouble(Map.Entry::getKey).toArray();
        return leading.length == 1 ? OptionalDouble.of(leading[0]) : OptionalDouble.empty();
    }
}
