package dev.ratchet.team;

import dev.ratchet.stats.Consensus;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.SideBias;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * What a reviewer did in a project, and how it fits what others said. A figure that rests on nothing is null.
 *
 * @param rated tasks with a rating that stands
 * @param activeMillis time active on all of them, also on those that were taken back
 * @param days ratings of each of the last days, oldest first; a day without any is there too
 * @param looked how many of the newest rated tasks consensus and sides are of
 * @param medianMillis of a task, where the page measured one
 * @param teamMedianMillis the same of everybody in the project
 */
public record Work(long rated, long activeMillis, List<Day> days, int looked, Consensus consensus, SideBias side,
        Gold gold, Long medianMillis, Long teamMedianMillis) {

    /** Ratings of a day (UTC). */
    public record Day(LocalDate day, long ratings) {}

    /** How many of the tasks whose answer is known were answered rightly, with Wilson's 95% interval. */
    public record Gold(int right, int tasks, Interval share) {}

    public Duration active() {
        return Duration.ofMillis(activeMillis);
    }

    public Duration median() {
        return medianMillis == null ? null : Duration.ofMillis(medianMillis);
    }

    public Duration teamMedian() {
        return teamMedianMillis == null ? null : Duration.ofMillis(teamMedianMillis);
    }

    /** The most ratings on one day. */
    public long most() {
        return days.stream().mapToLong(Day::ratings).max().orElse(0);
    }
}
