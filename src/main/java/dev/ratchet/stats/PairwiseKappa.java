package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cohen's kappa of two of many raters.
 *
 * @param first the rater whose name comes first
 * @param units number of units that both rated
 */
public record PairwiseKappa(String first, String second, Coefficient kappa, int units) {

    /** Of all pairs of raters that share at least so many units (1 or more), by name. */
    public static List<PairwiseKappa> of(Collection<UnitRating> ratings, int leastUnits) {
        Map<String, Map<String, List<UnitRating>>> shared = new TreeMap<>();
        RatedUnits.byUnit(ratings).forEach((unit, values) -> {
            List<String> raters = values.keySet().stream().sorted().toList();
            for (int i = 0; i < raters.size(); i++) {
                for (String second : raters.subList(i + 1, raters.size())) {
                    List<UnitRating> both = shared.computeIfAbsent(raters.get(i), rater -> new TreeMap<>())
                            .computeIfAbsent(second, rater -> new ArrayList<>());
                    both.add(new UnitRating(unit, raters.get(i), values.get(raters.get(i))));
                    both.add(new UnitRating(unit, second, values.get(second)));
                }
            }
        });
        List<PairwiseKappa> kappas = new ArrayList<>();
        shared.forEach((first, others) -> others.forEach((second, both) -> {
            if (both.size() >= 2 * leastUnits) {
                kappas.add(new PairwiseKappa(
                        first, second, CohenKappa.between(first, second, both).value(), both.size() / 2));
            }
        }));
        return kappas;
    }
}
