package dev.ratchet.dataset;

import dev.ratchet.feedback.RatingEvent;
import dev.ratchet.feedback.RatingHandler;
import dev.ratchet.feedback.RejectedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Makes people's pairs from delivered ratings, and from nothing else. A task's pairs are a function of the newest
 * revision of each of its ratings and adjudications, so neither the order nor the repetition of deliveries shows in it.
 */
@ApplicationScoped
class PairProjection implements RatingHandler {
    private static final String TASKS = """
            select t.id, t.project_id, t.prompt_id, p.split,
                   array(select s.response_id from task_response s where s.task_id = t.id)
              from task t
              join prompt p on p.id = t.prompt_id
             where t.id = any(?)""";

    private static final String DELIVER = """
            insert into delivered_rating (rating_id, revision, project_id, task_id, reviewer, withdrawn,
                                          instructions_version, occurred_at, kind)
            select * from unnest(?::uuid[], ?::int[], ?::bigint[], ?::bigint[], ?::uuid[], ?::boolean[], ?::int[],
                                 ?::timestamptz[], ?::text[])
            on conflict (rating_id) do update
               set revision = excluded.revision, reviewer = excluded.reviewer, withdrawn = excluded.withdrawn,
                   instructions_version = excluded.instructions_version, occurred_at = excluded.occurred_at
             where delivered_rating.revision < excluded.revision
               and delivered_rating.task_id = excluded.task_id
               and delivered_rating.kind = excluded.kind
            returning rating_id""";

    private static final String FORGET = "delete from delivered_comparison where rating_id = any(?)";

    private static final String COMPARE = "insert into delivered_comparison"
            + " (rating_id, first_response_id, second_response_id, strength, both_bad)"
            + " select * from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::int[], ?::boolean[])";

    private static final String VOTES = "select d.task_id, c.first_response_id, c.second_response_id, c.strength,"
            + " c.both_bad, d.reviewer, d.kind from counted_rating d"
            + " join delivered_comparison c on c.rating_id = d.rating_id"
            // What was rated to check a reviewer is not learnt from.
            + " join task t on t.id = d.task_id and t.purpose = 'rating'"
            + " where d.task_id = any(?)";

    /** Handling deliveries shares it, making all pairs of a project anew does not; the second number is the project. */
    private static final String LOCK = "select pg_advisory_xact_lock%s(721440300, ?)";

    private static final String RATED = "select distinct task_id from delivered_rating where project_id = ?";

    /** Tasks whose pairs are made anew in one go. */
    private static final int CHUNK = 2_000;

    /** Pairs of the tasks whose two responses are no longer told apart. */
    private static final String REMOVE = """
            delete from pair p where p.task_id = any(?)
               and not exists (select 1 from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as n(task, a, b)
                                where n.task = p.task_id
                                  and least(n.a, n.b) = least(p.chosen_response_id, p.rejected_response_id)
                                  and greatest(n.a, n.b) = greatest(p.chosen_response_id, p.rejected_response_id))
            returning project_id""";

    private static final String WRITE = """
            insert into pair (project_id, prompt_id, task_id, source, split, chosen_response_id, rejected_response_id,
                              weight, margin, aggregation, updated_at)
            select n.project, n.prompt, n.task, 'rating', n.split, n.chosen, n.rejected, n.weight, n.margin, ?, ?
              from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::float8[],
                          ?::float8[]) as n(project, prompt, task, split, chosen, rejected, weight, margin)
             order by n.task, least(n.chosen, n.rejected), greatest(n.chosen, n.rejected)
            on conflict (task_id, least(chosen_response_id, rejected_response_id),
                         greatest(chosen_response_id, rejected_response_id)) where task_id is not null do update
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
            for (long project : events.stream().map(RatingEvent::projectId).sorted().distinct().toList()) {
                lock(connection, project, "_shared");
            }
            deliver(connection, events);
            collectAndTell(project(connection, ids, tasks, Aggregation.MEAN_STRENGTH));
        } catch (SQLException failure) {
            throw new IllegalStateException("Delivered ratings cannot be stored", failure);
        }
    }

    /**
     * Makes all pairs of a project anew by a policy, in the caller's transaction; deliveries wait for its end. A task
     * that is rated afterwards gets its pair by {@link MeanStrength} until this is called again.
     */
    void remake(Connection connection, long project, Aggregation aggregation) throws SQLException {
        lock(connection, project, "");
        List<Long> rated = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(RATED)) {
            select.setLong(1, project);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    rated.add(rows.getLong(1));
                }
            }
        }
        for (int from = 0; from < rated.size(); from += CHUNK) {
            Long[] ids = rated.subList(from, Math.min(rated.size(), from + CHUNK)).toArray(new Long[0]);
            project(connection, ids, tasks(connection, ids), aggregation);
        }
    }

    private static void lock(Connection connection, long project, String mode) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK.formatted(mode))) {
            lock.setInt(1, (int) project);
            lock.execute();
        }
    }

    private void collectAndTell(Set<Long> changed) {
        if (!changed.isEmpty()) {
            written.fire(new PairsWritten(Set.copyOf(changed)));
        }
    }

    private static Map<Long, RatedTask> tasks(Connection connection, Long[] ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(TASKS)) {
            select.setArray(1, connection.createArrayOf("bigint", ids));
            Map<Long, RatedTask> tasks = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tasks.put(rows.getLong(1), new RatedTask(rows.getLong(1), rows.getLong(2), rows.getLong(3),
                            rows.getString(4), Set.of((Long[]) rows.getArray(5).getArray())));
                }
            }
            return tasks;
        }
    }

    private static void check(RatingEvent event, RatedTask task) {
        if (task == null) {
            throw new RejectedEvent("there is no task " + event.taskId());
        }
        if (task.project() != event.projectId()) {
            throw new RejectedEvent("task " + event.taskId() + " is not one of project " + event.projectId());
        }
        for (RatingEvent.Compared compared : event.comparisons()) {
            if (!task.responses().containsAll(Set.of(compared.firstResponseId(), compared.secondResponseId()))) {
                throw new RejectedEvent("responses " + compared.firstResponseId() + " and "
                        + compared.secondResponseId() + " are not those of task " + event.taskId());
            }
        }
    }

    /** Stores what each rating says now; of several revisions the newest counts, whatever their order. */
    private static void deliver(Connection connection, List<RatingEvent> events) throws SQLException {
        Map<UUID, RatingEvent> newest = new LinkedHashMap<>();
        events.forEach(event -> newest.merge(event.ratingId(), event,
                (one, other) -> other.revision() > one.revision() ? other : one));
        Set<UUID> newer = store(connection, newest.values());
        List<RatingEvent> changed = newest.values().stream().filter(event -> newer.contains(event.ratingId())).toList();
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setArray(1, array(connection, "uuid", changed, RatingEvent::ratingId));
            forget.executeUpdate();
        }
        List<Comparison> comparisons = changed.stream().flatMap(event -> event.comparisons().stream()
                .map(compared -> new Comparison(event.ratingId(), compared))).toList();
        try (PreparedStatement compare = connection.prepareStatement(COMPARE)) {
            compare.setArray(1, array(connection, "uuid", comparisons, Comparison::rating));
            compare.setArray(2, array(connection, "bigint", comparisons, one -> one.what().firstResponseId()));
            compare.setArray(3, array(connection, "bigint", comparisons, one -> one.what().secondResponseId()));
            compare.setArray(4, array(connection, "int4", comparisons, one -> one.what().strength()));
            compare.setArray(5, array(connection, "bool", comparisons, one -> one.what().bothBad()));
            compare.executeUpdate();
        }
    }

    /** Stores ratings, and says of which this was the newest revision. */
    private static Set<UUID> store(Connection connection, Collection<RatingEvent> events) throws SQLException {
        Set<UUID> newer = new HashSet<>();
        try (PreparedStatement upsert = connection.prepareStatement(DELIVER)) {
            upsert.setArray(1, array(connection, "uuid", events, RatingEvent::ratingId));
            upsert.setArray(2, array(connection, "int4", events, RatingEvent::revision));
            upsert.setArray(3, array(connection, "bigint", events, RatingEvent::projectId));
            upsert.setArray(4, array(connection, "bigint", events, RatingEvent::taskId));
            upsert.setArray(5, array(connection, "uuid", events, RatingEvent::reviewer));
            upsert.setArray(6, array(connection, "bool", events, RatingEvent::withdrawn));
            upsert.setArray(7, array(connection, "int4", events, RatingEvent::instructionsVersion));
            upsert.setArray(8, array(connection, "timestamptz", events, event -> Timestamp.from(event.occurredAt())));
            upsert.setArray(9, array(connection, "text", events, event -> event.kind().code()));
            try (ResultSet rows = upsert.executeQuery()) {
                while (rows.next()) {
                    newer.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return newer;
    }

    /** Writes the pairs of tasks and says of which projects some changed. */
    private Set<Long> project(Connection connection, Long[] ids, Map<Long, RatedTask> tasks, Aggregation aggregation)
            throws SQLException {
        List<Told> pairs = new ArrayList<>();
        votes(connection, ids).forEach((responses, votes) -> aggregation
                .aggregate(responses.first(), responses.second(), votes)
                .ifPresent(preference -> pairs.add(new Told(tasks.get(responses.task()), preference))));
        Set<Long> changed = new TreeSet<>();
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setArray(1, connection.createArrayOf("bigint", ids));
            remove.setArray(2, array(connection, "bigint", pairs, told -> told.task().id()));
            remove.setArray(3, array(connection, "bigint", pairs, told -> told.what().chosenResponseId()));
            remove.setArray(4, array(connection, "bigint", pairs, told -> told.what().rejectedResponseId()));
            collect(remove, changed);
        }
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            write.setString(1, aggregation.policy());
            write.setTimestamp(2, Timestamp.from(clock.instant()));
            write.setArray(3, array(connection, "bigint", pairs, told -> told.task().project()));
            write.setArray(4, array(connection, "bigint", pairs, told -> told.task().prompt()));
            write.setArray(5, array(connection, "bigint", pairs, told -> told.task().id()));
            write.setArray(6, array(connection, "text", pairs, told -> told.task().split()));
            write.setArray(7, array(connection, "bigint", pairs, told -> told.what().chosenResponseId()));
            write.setArray(8, array(connection, "bigint", pairs, told -> told.what().rejectedResponseId()));
            write.setArray(9, array(connection, "float8", pairs, told -> told.what().weight()));
            write.setArray(10, array(connection, "float8", pairs, told -> told.what().margin()));
            collect(write, changed);
        }
        return changed;
    }

    private static <T> Array array(Connection connection, String type, Collection<T> rows, Function<T, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }

    private static Map<Responses, List<Aggregation.CastVote>> votes(Connection connection, Long[] ids)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(VOTES)) {
            select.setArray(1, connection.createArrayOf("bigint", ids));
            Map<Responses, List<Aggregation.CastVote>> votes = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    votes.computeIfAbsent(new Responses(rows.getLong(1), rows.getLong(2), rows.getLong(3)),
                            responses -> new ArrayList<>())
                            .add(new Aggregation.CastVote(rows.getObject(6, UUID.class),
                                    rows.getString(7).equals(RatingEvent.Kind.ADJUDICATION.code()),
                                    new MeanStrength.Vote(rows.getInt(4), rows.getBoolean(5))));
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
    private record RatedTask(long id, long project, long prompt, String split, Set<Long> responses) {}

    /** What a rating says of two responses. */
    private record Comparison(UUID rating, RatingEvent.Compared what) {}

    /** Two responses of a task. */
    private record Responses(long task, long first, long second) {}

    /** What the ratings of a task say of two of its responses. */
    private record Told(RatedTask task, MeanStrength.Preference what) {}
}
