package dev.ratchet.stats;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** The stretch of calendar time that one point of a curve stands for. */
public enum TimeWindow {
    DAY,
    /** Monday to Sunday. */
    WEEK,
    MONTH;

    /** The first day of the window that an instant falls into, in a time zone. */
    public LocalDate firstDay(Instant instant, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(instant, zone);
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }
}
