package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cohen's kappa (1960): agreement of two raters on categories beyond what their own shares of each category give by
 * chance.
 */
public final class CohenKappa implements AgreementStatistic {
    private final List<int[]> pairs;
    private final int categories;

    private CohenKappa(List<int[]> pairs, int categories) {
        this.pairs = pairs;
        this.categories = categories;
    }

    /** Over the units that both rated; values are compared for equality alone. */
    public static CohenKappa between(String first, String second, Collection<UnitRating> ratings) {
        if (first.equals(second)) {
            throw new IllegalArgumentException("Kappa compares two raters, not " + first + " with themselves.");
        }
        Map<Double, Integer> index = new TreeMap<>();
        List<int[]> pairs = new ArrayList<>();
        for (Map<String, Double> unit : RatedUnits.byUnit(ratings).values()) {
            if (unit.containsKey(first) && unit.containsKey(second)) {
                pairs.add(new int[] {number(index, unit.get(first)), number(index, unit.get(second))});
            }
        }
        return new CohenKappa(pairs, index.size());
    }

    /** From a square table: how often the first rater chose the row's category while the second chose the column's. */
    public static CohenKappa ofTable(int[][] table) {
        List<int[]> pairs = new ArrayList<>();
        for (int row = 0; row < table.length; row++) {
            if (table[row].length != table.length) {
                throw new IllegalArgumentException("The table of two raters is square.");
            }
            for (int column = 0; column < table.length; column++) {
                for (int i = 0; i < table[row][column]; i++) {
                    pairs.add(new int[] {row, column});
                }
            }
        }
        return new CohenKappa(pairs, table.length);
    }

    private static int number(Map<Double, Integer> index, double value) {
        return index.computeIfAbsent(value + 0.0, key -> index.size());
    }

    @Override
    public int units() {
        return pairs.size();
    }

    @Override
    public int raters() {
        return 2;
    }

    @Override
    public int ratings() {
        return 2 * pairs.size();
    }

    @Override
    public Coefficient weighted(int[] weights) {
        double[] first = new double[categories];
        double[] second = new double[categories];
        double total = 0;
        double agreeing = 0;
        for (int unit = 0; unit < weights.length; unit++) {
            int[] pair = pairs.get(unit);
            first[pair[0]] += weights[unit];
            second[pair[1]] += weights[unit];
            total += weights[unit];
            agreeing += pair[0] == pair[1] ? weights[unit] : 0;
        }
        if (total == 0) {
            return Coefficient.undefined(Undefined.NO_OVERLAP);
        }
        double expected = 0;
        for (int category = 0; category < categories; category++) {
            expected += first[category] * second[category] / total;
        }
        return expected == total ? Coefficient.undefined(Undefined.NO_VARIATION)
                : Coefficient.of((agreeing - expected) / (total - expected));
    }
}
