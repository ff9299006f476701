package dev.ratchet.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * How long a reviewer worked, by day (UTC) and project: the time active on rated tasks, as their page measured it. A
 * rating that was undone counts too, for the work was done; one that was edited counts once.
 */
@ApplicationScoped
public class ActiveHours {
    private final EntityManager entities;

    ActiveHours(EntityManager entities) {
        this.entities = entities;
    }

    /** A reviewer's day in a project. */
    record Day(LocalDate day, String slug, String project, long ratings, long millis) {
        public Duration active() {
            return Duration.ofMillis(millis);
        }

        /** Hours with two decimals. */
        String hours() {
            return String.format(Locale.ROOT, "%.2f", millis / 3_600_000.0);
        }
    }

    /** The reviewer's days, newest first. */
    @Transactional
    List<Day> of(long account) {
        List<?> rows = entities.createNativeQuery("""
                        select cast(r.created_at at time zone 'utc' as date) as day, p.slug, p.name, count(*),
                               sum(r.active_millis)
                          from rating r
                          join task t on t.id = r.task_id
                          join project p on p.id = t.project_id
                         where r.account_id = :account and r.revision = 1
                         group by 1, 2, 3
                         order by 1 desc, 2""")
                .setParameter("account", account)
                .getResultList();
        return rows.stream().map(row -> day((Object[]) row)).toList();
    }

    private static Day day(Object[] row) {
        LocalDate day = row[0] instanceof Date date ? date.toLocalDate() : (LocalDate) row[0];
        return new Day(day, (String) row[1], (String) row[2], ((Number) row[3]).longValue(),
                ((Number) row[4]).longValue());
    }

    /** The days as CSV; a slug is letters, digits and hyphens, so no cell can be a formula. */
    static String csv(List<Day> days) {
        StringBuilder csv = new StringBuilder("day,project,ratings,active_seconds,active_hours\r\n");
        days.forEach(day -> csv.append(day.day()).append(',').append(day.slug()).append(',').append(day.ratings())
                .append(',').append(day.millis() / 1000).append(',').append(day.hours()).append("\r\n"));
        return csv.toString();
    }
}
