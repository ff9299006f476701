package dev.ratchet.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.Interval;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many ratings come in, by day and by person.
 *
 * @param total ratings of all days
 * @param perDay mean of the last {@value #MEAN_DAYS} whole days, with its interval; null where there are fewer than two
 * @param days in order, without gaps, the last {@value #MOST_DAYS} at most
 * @param people who rated, most ratings first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Throughput(long total, Estimate perDay, List<Day> days, List<Person> people) {
    static final int MEAN_DAYS = 14;
    static final int MOST_DAYS = 180;

    /** Ratings that were finished on a day. */
    public record Day(LocalDate day, long ratings, int people) {}

    /**
     * Ratings of one person.
     *
     * @param lastDays ratings of the last seven days
     * @param most ratings of who rated most, to compare lengths with
     */
    public record Person(Reviewer reviewer, long ratings, long lastDays, long most) {}

    /** How many ratings a reviewer finished on a day. */
    record Count(LocalDate day, long reviewer, long ratings) {}

    static Throughput of(List<Count> counts, Map<Long, String> names, LocalDate today) {
        if (counts.isEmpty()) {
            return new Throughput(0, null, List.of(), List.of());
        }
        TreeMap<LocalDate, long[]> byDay = new TreeMap<>();
        Map<Long, long[]> byPerson = new LinkedHashMap<>();
        LocalDate week = today.minusDays(6);
        for (Count count : counts) {
            long[] day = byDay.computeIfAbsent(count.day(), key -> new long[2]);
            day[0] += count.ratings();
            day[1]++;
            long[] person = byPerson.computeIfAbsent(count.reviewer(), key -> new long[2]);
            person[0] += count.ratings();
            person[1] += count.day().isBefore(week) ? 0 : count.ratings();
        }
        List<Day> days = new ArrayList<>();
        for (LocalDate day = byDay.firstKey(); !day.isAfter(byDay.lastKey()); day = day.plusDays(1)) {
            long[] count = byDay.getOrDefault(day, new long[2]);
            days.add(new Day(day, count[0], (int) count[1]));
        }
        long most = byPerson.values().stream().mapToLong(count -> count[0]).max().orElse(0);
        List<Person> people = byPerson.entrySet().stream()
                .map(one -> new Person(new Reviewer(one.getKey(), names.getOrDefault(one.getKey(), "?")),
                        one.getValue()[0], one.getValue()[1], most))
                .sorted(Comparator.comparingLong(Person::ratings).reversed()
                        .thenComparing(person -> person.reviewer().id())).toList();
        return new Throughput(counts.stream().mapToLong(Count::ratings).sum(), perDay(days, today),
                List.copyOf(days.subList(Math.max(0, days.size() - MOST_DAYS), days.size())), people);
    }

    /** Today is not over yet, so it would lower the mean. */
    private static Estimate perDay(List<Day> days, LocalDate today) {
        List<Day> whole = days.stream().filter(day -> day.day().isBefore(today)).toList();
        ClusteredMean mean = new ClusteredMean();
        whole.subList(Math.max(0, whole.size() - MEAN_DAYS), whole.size())
                .forEach(day -> mean.add(day.day(), day.ratings()));
        if (mean.clusters() < 2) {
            return null;
        }
        Interval interval = mean.interval();
        return new Estimate(interval.estimate(), Math.max(0, interval.low()), interval.high(), null);
    }
}
