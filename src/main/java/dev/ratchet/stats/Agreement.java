package dev.ratchet.stats;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Agreement as it is reported: the coefficient, how sure it is, and what it rests on.
 *
 * @param coefficient its value, or why there is none
 * @param interval 95% bootstrap interval over units, where there is one ({@link Bootstrap#interval})
 * @param units number of units with two ratings or more
 * @param raters number of their raters
 * @param ratings number of their ratings
 */
public record Agreement(Coefficient coefficient, Optional<Interval> interval, int units, int raters, int ratings) {

    public static Agreement of(AgreementStatistic statistic, Bootstrap bootstrap) {
        return new Agreement(statistic.value(), bootstrap.interval(statistic), statistic.units(), statistic.raters(),
                statistic.ratings());
    }

    /**
     * Agreement of each group of units apart: by version of the questions, say.
     *
     * @param group the group of a unit; units with none ({@code null}) are left out
     * @param statistic the coefficient over one group's ratings: {@code FleissKappa::new}
     */
    public static <G extends Comparable<? super G>> SortedMap<G, Agreement> by(Function<String, G> group,
            Collection<UnitRating> ratings, Function<List<UnitRating>, AgreementStatistic> statistic,
            Bootstrap bootstrap) {
        SortedMap<G, Agreement> agreements = new TreeMap<>();
        ratings.stream().filter(rating -> group.apply(rating.unit()) != null)
                .collect(Collectors.groupingBy(rating -> group.apply(rating.unit())))
                .forEach((name, members) -> agreements.put(name, of(statistic.apply(members), bootstrap)));
        return agreements;
    }

    /**
     * Agreement over time: of the units of each day, week or month, by the window's first day. Windows without
     * ratings are absent.
     *
     * @param finished when each unit had its last rating; a unit counts in that window with all its ratings
     */
    public static SortedMap<LocalDate, Agreement> overTime(Map<String, Instant> finished, TimeWindow window,
            ZoneId zone, Collection<UnitRating> ratings, Function<List<UnitRating>, AgreementStatistic> statistic,
            Bootstrap bootstrap) {
        return by(unit -> finished.containsKey(unit) ? window.firstDay(finished.get(unit), zone) : null, ratings,
                statistic, bootstrap);
    }
}
