package dev.ratchet.dataset;

import dev.ratchet.feedback.RatingEvent;
import dev.ratchet.feedback.RatingHandler;
import dev.ratchet.feedback.RejectedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Makes people's pairs from delivered ratings, and from nothing else. A task's pair is a function of the newest
 * revision of each of its ratings, so neither the order nor the repetition of deliveries shows in it.
 */
@ApplicationScoped
class PairProjection implements RatingHandler {
    private static final String TASKS = """
            select t.id, t.project_id, t.prompt_id, p.split, a.response_id, b.response_id
              from task t
              join prompt p on p.id = t.prompt_id
              join task_response a on a.task_id = t.id and a.position = 0
              join task_response b on b.task_id = t.id and b.position = 1
             where t.id = any(?)""";

    private static final String DELIVER = """
            insert into delivered_rating (rating_id, revision, project_id, task_id, reviewer, verdict,
                                          preferred_response_id, other_response_id, strength, guidelines_version,
                                          occurred_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (rating_id) do update
               set revision = excluded.revision, reviewer = excluded.reviewer, verdict = excluded.verdict,
                   preferred_response_id = excluded.preferred_response_id,
                   other_response_id = excluded.other_response_id, strength = excluded.strength,
                   guidelines_version = excluded.guidelines_version, occurred_at = excluded.occurred_at
             where delivered_rating.revision < excluded.revision
               and delivered_rating.task_id = excluded.task_id""";

    private static final String VOTES = "select task_id, verdict, preferred_response_id, strength"
            + " from delivered_rating where task_id = any(?) and verdict <> 'withdrawn'";

    private static final String REMOVE = "delete from pair where task_id = any(?) returning project_id";

    private static final String WRITE = """
            insert into pair (project_id, prompt_id, task_id, source, split, chosen_response_id, rejected_response_id,
                              weight, margin, aggregation, updated_at)
            select n.project, n.prompt, n.task, 'rating', n.split, n.chosen, n.rejected, n.weight, n.margin, ?, ?
              from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::float8[],
                          ?::float8[]) as n(project, prompt, task, split, chosen, rejected, weight, margin)
             order by n.task
            on conflict (task_id) do update
               set chosen_response_id = excluded.chosen_response_id,
                   rejected_response_id = excluded.rejected_response_id, weight = excluded.weight,
                   margin = excluded.margin, aggregation = excluded.aggregation, updated_at = excluded.updated_at
             where (pair.chosen_response_id, pair.rejected_response_id, pair.weight, pair.margin, pair.aggregation)
                   is distinct from (excluded.chosen_response_id, excluded.rejected_response_id, excluded.weight,
                                     excluded.margin, excluded.aggregation)
            returning project_id""";

    private final DataSource database;
    private final Clock clock;
    private final Event<PairsWritten> written;

    PairProjection(DataSource database, Clock clock, Event<PairsWritten> written) {
        this.database = database;
        this.clock = clock;
        this.written = written;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void handle(List<RatingEvent> events) {
        try (Connection connection = database.getConnection()) {
            Long[] ids = events.stream().map(RatingEvent::taskId).distinct().toArray(Long[]::new);
            Map<Long, RatedTask> tasks = tasks(connection, ids);
            events.forEach(event -> check(event, tasks.get(event.taskId())));
            deliver(connection, events);
            project(connection, ids, tasks);
        } catch (SQLException failure) {
            throw new IllegalStateException("Delivered ratings cannot be stored", failure);
        }
    }

    private static Map<Long, RatedTask> tasks(Connection connection, Long[] ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(TASKS)) {
            select.setArray(1, connection.createArrayOf("bigint", ids));
            Map<Long, RatedTask> tasks = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tasks.put(rows.getLong(1), new RatedTask(rows.getLong(1), rows.getLong(2), rows.getLong(3),
                            rows.getString(4), rows.getLong(5), rows.getLong(6)));
                }
            }
            return tasks;
        }
    }

    private static void check(RatingEvent event, RatedTask task) {
        if (task == null) {
            throw new RejectedEvent("there is no task " + event.taskId() + " with two responses");
        }
        if (task.project() != event.projectId()) {
            throw new RejectedEvent("task " + event.taskId() + " is not one of project " + event.projectId());
        }
        if (event.preferredResponseId() != null
                && !Set.of(event.preferredResponseId(), event.otherResponseId())
                        .equals(Set.of(task.first(), task.second()))) {
            throw new RejectedEvent("responses " + event.preferredResponseId() + " and " + event.otherResponseId()
                    + " are not those of task " + event.taskId());
        }
    }

    private static void deliver(Connection connection, List<RatingEvent> events) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(DELIVER)) {
            for (RatingEvent event : events) {
                upsert.setObject(1, event.ratingId());
                upsert.setInt(2, event.revision());
                upsert.setLong(3, event.projectId());
                upsert.setLong(4, event.taskId());
                upsert.setObject(5, event.reviewer());
                upsert.setString(6, event.verdict());
                upsert.setObject(7, event.preferredResponseId(), Types.BIGINT);
                upsert.setObject(8, event.otherResponseId(), Types.BIGINT);
                upsert.setObject(9, event.strength(), Types.INTEGER);
                upsert.setInt(10, event.guidelinesVersion());
                upsert.setTimestamp(11, Timestamp.from(event.occurredAt()));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private void project(Connection connection, Long[] ids, Map<Long, RatedTask> tasks) throws SQLException {
        Map<Long, List<MeanStrength.Vote>> votes = votes(connection, ids);
        Map<RatedTask, MeanStrength.Preference> pairs = new TreeMap<>(java.util.Comparator.comparing(RatedTask::id));
        List<Long> without = new ArrayList<>();
        for (RatedTask task : tasks.values()) {
            MeanStrength.aggregate(task.first(), task.second(), votes.getOrDefault(task.id(), List.of()))
                    .ifPresentOrElse(pair -> pairs.put(task, pair), () -> without.add(task.id()));
        }
        Set<Long> changed = new TreeSet<>();
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setArray(1, connection.createArrayOf("bigint", without.toArray()));
            collect(remove, changed);
        }
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            List<RatedTask> of = List.copyOf(pairs.keySet());
            List<MeanStrength.Preference> what = List.copyOf(pairs.values());
            write.setString(1, MeanStrength.NAME);
            write.setTimestamp(2, Timestamp.from(clock.instant()));
            write.setArray(3, connection.createArrayOf("bigint", of.stream().map(RatedTask::project).toArray()));
            write.setArray(4, connection.createArrayOf("bigint", of.stream().map(RatedTask::prompt).toArray()));
            write.setArray(5, connection.createArrayOf("bigint", of.stream().map(RatedTask::id).toArray()));
            write.setArray(6, connection.createArrayOf("text", of.stream().map(RatedTask::split).toArray()));
            write.setArray(7, connection.createArrayOf("bigint",
                    what.stream().map(MeanStrength.Preference::chosenResponseId).toArray()));
            write.setArray(8, connection.createArrayOf("bigint",
                    what.stream().map(MeanStrength.Preference::rejectedResponseId).toArray()));
            write.setArray(9, connection.createArrayOf("float8",
                    what.stream().map(MeanStrength.Preference::weight).toArray()));
            write.setArray(10, connection.createArrayOf("float8",
                    what.stream().map(MeanStrength.Preference::margin).toArray()));
            collect(write, changed);
        }
        if (!changed.isEmpty()) {
            written.fire(new PairsWritten(Set.copyOf(changed)));
        }
    }

    private static Map<Long, List<MeanStrength.Vote>> votes(Connection connection, Long[] ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(VOTES)) {
            select.setArray(1, connection.createArrayOf("bigint", ids));
            Map<Long, List<MeanStrength.Vote>> votes = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    votes.computeIfAbsent(rows.getLong(1), task -> new ArrayList<>()).add(new MeanStrength.Vote(
                            rows.getString(2), rows.getObject(3, Long.class), rows.getObject(4, Integer.class)));
                }
            }
            return votes;
        }
    }

    private static void collect(PreparedStatement statement, Set<Long> projects) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                projects.add(rows.getLong(1));
            }
        }
    }

    /** A task as far as pairs need it. */
    private record RatedTask(long id, long project, long prompt, String split, long first, long second) {}
}
