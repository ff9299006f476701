package dev.ratchet.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.Interval;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How many tasks are left, and until when at the pace of the last days.
 *
 * @param left open tasks now
 * @param total all tasks
 * @param days the tasks left at the end of each day, the last day being today
 * @param pace tasks completed a day over the last {@value #PACE_DAYS} days at most, today left out; null where there
 * are fewer than two such days
 * @param done when none is left at that pace; null where nothing moves
 * @param earliest at the upper end of the pace's interval
 * @param latest at its lower end; null where that is nothing
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BurnDown(long left, long total, List<Day> days, Estimate pace, LocalDate done, LocalDate earliest,
        LocalDate latest) {
    static final int PACE_DAYS = 14;
    private static final int MOST_DAYS = 180;
    /** Further away a date says nothing but "not at this pace". */
    private static final double FURTHEST = 3650;

    /**
     * One day.
     *
     * @param created tasks that were made on it
     * @param completed tasks that got their last rating on it
     */
    public record Day(LocalDate day, long left, long created, long completed) {}

    /**
     * From what happened on each day; days without anything may be absent.
     *
     * @param left open tasks now
     */
    static BurnDown of(SortedMap<LocalDate, Long> created, SortedMap<LocalDate, Long> completed, long left,
            LocalDate today) {
        long total = created.values().stream().mapToLong(Long::longValue).sum();
        if (created.isEmpty()) {
            return new BurnDown(0, 0, List.of(), null, null, null, null);
        }
        List<Day> days = new ArrayList<>();
        long open = 0;
        LocalDate first = created.firstKey().isAfter(today) ? today : created.firstKey();
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            long more = created.getOrDefault(day, 0L);
            long fewer = completed.getOrDefault(day, 0L);
            open += more - fewer;
            days.add(new Day(day, open, more, fewer));
        }
        List<Day> shown = days.subList(Math.max(0, days.size() - MOST_DAYS), days.size());
        return projected(left, total, List.copyOf(shown), pace(completed, today), today);
    }

    /** The mean of days from the first that completed anything; a day on which nobody worked counts as one. */
    private static Interval pace(SortedMap<LocalDate, Long> completed, LocalDate today) {
        if (completed.isEmpty()) {
            return null;
        }
        LocalDate start = today.minusDays(PACE_DAYS);
        LocalDate from = completed.firstKey().isAfter(start) ? completed.firstKey() : start;
        ClusteredMean mean = new ClusteredMean();
        for (LocalDate day = from; day.isBefore(today); day = day.plusDays(1)) {
            mean.add(day, completed.getOrDefault(day, 0L));
        }
        return mean.clusters() < 2 ? null : mean.interval();
    }

    private static BurnDown projected(long left, long total, List<Day> days, Interval pace, LocalDate today) {
        if (pace == null) {
            return new BurnDown(left, total, days, null, null, null, null);
        }
        Estimate bounded = new Estimate(pace.estimate(), Math.max(0, pace.low()), pace.high(), null);
        return new BurnDown(left, total, days, bounded, after(left, pace.estimate(), today),
                after(left, pace.high(), today), after(left, pace.low(), today));
    }

    private static LocalDate after(long left, double pace, LocalDate today) {
        double needed = left == 0 ? 0 : pace > 0 ? Math.ceil(left / pace) : Double.POSITIVE_INFINITY;
        return needed > FURTHEST ? null : today.plusDays((long) needed);
    }

    public long completed() {
        return total - left;
    }
}
