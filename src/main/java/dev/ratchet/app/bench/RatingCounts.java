package dev.ratchet.app.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * What PostgreSQL holds of a project after the load.
 *
 * @param stored ratings
 * @param events of ratings in the outbox
 * @param duplicates ratings beyond the first of a reviewer on a task
 * @param overOverlap tasks with more ratings than their overlap
 * @param withRoom tasks with fewer
 */
record RatingCounts(long stored, long events, long duplicates, long overOverlap, long withRoom) {
    private static final String COUNT = """
            with given as (
                select t.id as task, t.overlap, count(r.id) as ratings,
                       count(r.id) - count(distinct r.account_id) as repeated
                  from task t
                  join project p on p.id = t.project_id
                  left join rating r on r.task_id = t.id and r.revision = 1
                 where p.slug = ?
                 group by t.id)
            select sum(ratings), (select count(*) from outbox o join given g on o.record_key = cast(g.task as text)),
                   sum(repeated), count(*) filter (where ratings > overlap), count(*) filter (where ratings < overlap)
              from given""";

    /** @param database JDBC address with its account */
    static RatingCounts of(String database, String slug) throws SQLException {
        try (Connection connection = new Driver().connect(database, new Properties());
                PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.setString(1, slug);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return new RatingCounts(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
            }
        }
    }
}
