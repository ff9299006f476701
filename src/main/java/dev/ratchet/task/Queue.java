package dev.ratchet.task;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ratchet.platform.Sql;
import dev.ratchet.question.Shown;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Gives tasks to reviewers and knows who holds what.
 *
 * <p>Whoever changes an assignment holds its task's row lock, so counting a task's assignments under that lock is
 * exact. Locks are taken in the order reviewer, task, assignment. None is of the row's key: who writes a row that
 * names the task, as the consumer of events does by the hundred, neither waits nor makes wait.
 */
@ApplicationScoped
class Queue {
    /** What counts against a task's overlap: ratings, and leases that have not run out. */
    private static final String PLACES_TAKEN = "(select count(*) from assignment x where x.task_id = t.id"
            + " and (x.status = 'rated' or (x.status = 'leased' and x.expires_at > :now)))";

    /** Tasks that were never rated, skipped or held by the reviewer. */
    private static final String FRESH = " and not exists (select 1 from assignment a where a.task_id = t.id"
            + " and a.account_id = :account and (a.status <> 'leased' or a.expires_at > :now))";

    /**
     * Tasks that are for the reviewer: assigned to them, to a group of theirs or to nobody, and asking for no language
     * or skill that neither they nor a group of theirs has in the project.
     */
    private static final String ROUTED = """
             and (not t.assigned
                  or exists (select 1 from task_account g where g.task_id = t.id and g.account_id = :account)
                  or exists (select 1 from task_group g join reviewer_group_member m on m.group_id = g.group_id
                              where g.task_id = t.id and m.account_id = :account))
             and (cardinality(t.tags) = 0 or t.tags <@ array(
                  select unnest(m.tags) from project_member m
                   where m.project_id = :project and m.account_id = :account
                  union all
                  select unnest(g.tags) from reviewer_group g join reviewer_group_member m on m.group_id = g.id
                   where g.project_id = :project and m.account_id = :account))""";

    /** Tasks that one reviewer may be given: open, for them, and not full. */
    private static final String CANDIDATES = " from task t where t.project_id = :project and t.status = 'open'"
            + " and t.purpose = 'rating'" + FRESH + ROUTED + " and " + PLACES_TAKEN + " < t.overlap";

    /**
     * {@link #CANDIDATES}, to be counted on every page: an open task that nobody holds has room, for its last rating
     * would have completed it, so places are counted of those few alone that somebody holds.
     */
    private static final String COUNTED_CANDIDATES = " from task t where t.project_id = :project and t.status = 'open'"
            + " and t.purpose = 'rating'" + FRESH + ROUTED + " and (t.id not in (select l.task_id from assignment l"
            + " where l.status = 'leased' and l.expires_at > :now) or " + PLACES_TAKEN + " < t.overlap)";

    /** Checks that one reviewer may be given: they have no overlap, each reviewer gets each at most once. */
    private static final String CHECKS = " from task t where t.project_id = :project and t.purpose = :purpose"
            + " and t.purpose <> 'rating' and t.status = 'open'" + FRESH + ROUTED;

    private static final String TAKE = """
            insert into assignment (id, task_id, project_id, account_id, status, shown, leased_at, expires_at,
                                    instructions_version)
            select :id, t.id, t.project_id, :account, 'leased',
                   array(select s.response_id from task_response s where s.task_id = t.id
                          order by md5(cast(:draw as text) || s.position)),
                   :now, :expires, p.instructions_version
              from task t
              join project p on p.id = t.project_id
             where t.id = :task and t.status = 'open' and (t.purpose <> 'rating' or %s < t.overlap)
            on conflict (task_id, account_id) do update
               set status = 'leased', leased_at = excluded.leased_at, expires_at = excluded.expires_at,
                   instructions_version = excluded.instructions_version
             where assignment.status = 'leased' and assignment.expires_at <= excluded.leased_at"""
            .formatted(PLACES_TAKEN);

    /** So long a reviewer sees a count in which others' work since is missing. */
    private static final Duration COUNTED_FOR = Duration.ofSeconds(30);

    /** Names the advisory locks of reviewers; the second number is the account. */
    private static final int REVIEWERS = 721440400;

    private static final int MOST_COUNTED = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Sql sql;
    private final Clock clock;
    private final Duration lease;
    private final RandomGenerator order = new SecureRandom();
    private final Cache<Seat, Counted> lately =
            Caffeine.newBuilder().expireAfterWrite(COUNTED_FOR).maximumSize(MOST_COUNTED).build();

    Queue(Sql sql, Clock clock, QueueConfig config) {
        this.sql = sql;
        this.clock = clock;
        this.lease = config.lease();
    }

    /** Makes one reviewer's requests wait for each other, so that two open tabs never hold two tasks. */
    void lockReviewer(long account) {
        lock(account).first(row -> true);
    }

    /**
     * Where a reviewer's turn in a project starts.
     *
     * @param held the task that they hold; the one taken last if an undo gave a second one
     * @param mix the project's settings
     */
    record Start(Optional<Long> held, RoutingSettings mix) {}

    /** Locks the reviewer as {@link #lockReviewer} does, and reads where their turn starts. */
    Start start(long account, long project) {
        Sql.Exchange exchange = plannedOnce();
        exchange.first(lock(account), row -> true);
        Supplier<Optional<Long>> held = exchange.first(
                sql.of("select task_id from assignment where account_id = :account and project_id = :project"
                                + " and status = 'leased' and expires_at > :now order by leased_at desc, id limit 1")
                        .set("account", account)
                        .set("now", clock.instant())
                        .set("project", project),
                Queue::id);
        Supplier<Optional<RoutingSettings>> mix = exchange.first(
                sql.of(RoutingSettings.STORED).set("project", project), RoutingSettings::read);
        exchange.run();
        return new Start(held.get(), mix.get().orElse(RoutingSettings.NONE));
    }

    /**
     * Starts the exchange of a transaction whose statements are planned once for all values: the database would plan
     * them anew each time, since a plan for the very values promises to be a little better, and takes longer to plan
     * than to run.
     */
    private Sql.Exchange plannedOnce() {
        Sql.Exchange exchange = sql.exchange();
        exchange.first(sql.of("select set_config('plan_cache_mode', 'force_generic_plan', true)"), row -> true);
        return exchange;
    }

    /** A lock of the reviewer that writes nothing, until the transaction ends. */
    private Sql.Statement lock(long account) {
        return sql.of("select pg_advisory_xact_lock(:space, cast(:account as integer))")
                .set("space", REVIEWERS)
                .set("account", account);
    }

    /**
     * Leases the next task of a purpose to the reviewer; empty if none is left for them. Never waits for a lock, for
     * the caller may hold some: a task that somebody is busy with is asked for again until they are done.
     */
    Optional<Long> next(long account, long project, String purpose) {
        long start = System.nanoTime();
        do {
            Optional<Long> task = lockCandidate(account, project, purpose);
            if (task.isPresent() && take(task.get(), account)) {
                return task;
            }
            // Otherwise somebody took the last place between the search and the lock: search again.
            if (task.isEmpty() && !anyCandidate(account, project, purpose)) {
                return Optional.empty();
            }
            if (task.isEmpty()) {
                pause();
            }
        } while (System.nanoTime() - start < PATIENCE.toNanos());
        return Optional.empty();
    }

    /**
     * Leases a gold task to the reviewer in place of the next one, where there is a next one: a gold task that came
     * after the last one would tell itself. Empty if none is left, or others are busy with those that are.
     */
    Optional<Long> nextGold(long account, long project) {
        if (!anyCandidate(account, project, Task.RATING)) {
            return Optional.empty();
        }
        return lockCandidate(account, project, Task.GOLD).filter(task -> take(task, account));
    }

    /** How many tasks of a purpose the reviewer could be given. */
    long waiting(long account, long project, String purpose) {
        String counted = purpose.equals(Task.RATING) ? COUNTED_CANDIDATES : CHECKS;
        return query("select count(*)" + counted, account, project, purpose).first(Queue::id).orElseThrow();
    }

    /** Locks an assignment and its task; empty if there is none. */
    Optional<Held> lock(UUID assignment) {
        Sql.Exchange exchange = plannedOnce();
        Supplier<Optional<Held>> held = exchange.first(sql.of("""
                        select a.task_id, t.project_id, t.purpose, a.account_id, a.status, a.shown,
                               array(select r.text from unnest(a.shown) with ordinality as s(id, place)
                                       join response r on r.id = s.id order by s.place),
                               a.expires_at, a.instructions_version
                          from task t join assignment a on a.task_id = t.id
                         where a.id = :id for no key update of t, a""")
                .set("id", assignment), row -> Held.of(assignment, row));
        exchange.run();
        return held.get();
    }

    /** The assignment of the reviewer's last rating in a project. */
    Optional<UUID> lastRated(long account, long project) {
        return sql.of("select id from assignment where account_id = :account and project_id = :project"
                        + " and status = 'rated' order by finished_at desc, id limit 1")
                .set("account", account)
                .set("project", project)
                .first(row -> row.getObject(1, UUID.class));
    }

    /** Marks a locked assignment as rated, and its task as complete when that was the last rating that it needs. */
    void rated(Held held) {
        // Both parts see what was before the statement: the assignment is not among those that are rated.
        sql.of("""
                        with finished as (
                             update assignment set status = 'rated', finished_at = :now where id = :id)
                        update task t set status = 'complete'
                         where t.id = :task and t.purpose = 'rating' and t.overlap <= 1 + (
                               select count(*) from assignment a
                                where a.task_id = t.id and a.status = 'rated' and a.id <> :id)""")
                .set("now", clock.instant())
                .set("id", held.assignment())
                .set("task", held.task())
                .update();
    }

    /** Marks a locked assignment as skipped: its reviewer does not see the task again, others do. */
    void skipped(Held held, String reason) {
        finish(held, Assignment.SKIPPED, reason);
    }

    /**
     * Closes a rated, locked assignment whose rating a lead took out: its reviewer does not see the task again.
     *
     * @param reopen whether somebody else takes the place
     */
    void retracted(Held held, boolean reopen) {
        finish(held, Assignment.RETRACTED, null);
        if (reopen) {
            sql.of("update task set status = 'open' where id = :task and status <> 'open'")
                    .set("task", held.task())
                    .update();
        }
    }

    /** Gives a rated, locked assignment back to its reviewer as an open lease. */
    void reopen(Held held) {
        Instant now = clock.instant();
        sql.of("update assignment set status = 'leased', leased_at = :now, expires_at = :expires,"
                        + " finished_at = null, instructions_version ="
                        + " (select instructions_version from project where id = :project) where id = :id")
                .set("now", now)
                .set("expires", now.plus(lease))
                .set("project", held.project())
                .set("id", held.assignment())
                .update();
        sql.of("update task set status = 'open' where id = :task and status <> 'open'")
                .set("task", held.task())
                .update();
    }

    /**
     * How far the project is, for one reviewer. Gold tasks that they have not had count as waiting while others wait,
     * so that the figures fall by one with each rating, whatever it was of.
     *
     * @param purpose what the reviewer is given now; null for nothing
     * @param gold whether gold tasks are mixed in
     */
    QueueProgress progress(long account, long project, String purpose, boolean gold) {
        OwnProgress own = own(account, project);
        long available = own.held() + waitingFor(account, project, purpose, gold);
        return sql.of("""
                        select (select count(*) from task
                                 where project_id = :project and purpose = 'rating' and status = 'complete'),
                               (select count(*) from task where project_id = :project and purpose = 'rating'),
                               (select count(*) from assignment a join task t on t.id = a.task_id
                                 where a.status = 'rated' and t.project_id = :project)""")
                .set("project", project)
                .first(row -> new QueueProgress(
                        own.rated(), available, row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow();
    }

    /**
     * How many tasks wait for the reviewer, for a page that shows it after each rating: what others did since it was
     * counted is not seen for a while, the reviewer's own steps are.
     */
    long waitingLately(long account, long project, String purpose, boolean gold, OwnProgress own) {
        Counted counted = lately.get(new Seat(account, project, purpose, gold),
                seat -> new Counted(waitingFor(account, project, purpose, gold), own.begun()));
        return Math.max(0, counted.waiting() + counted.begun() - own.begun());
    }

    private long waitingFor(long account, long project, String purpose, boolean gold) {
        long waiting = purpose == null ? 0 : waiting(account, project, purpose);
        return waiting > 0 && gold && Task.RATING.equals(purpose)
                ? waiting + waiting(account, project, Task.GOLD) : waiting;
    }

    /** How far the reviewer is in a project. */
    OwnProgress own(long account, long project) {
        Sql.Exchange exchange = sql.exchange();
        Supplier<OwnProgress> own = own(account, project, exchange);
        exchange.run();
        return own.get();
    }

    /** How far the reviewer is in a project, as an exchange will have read it. */
    Supplier<OwnProgress> own(long account, long project, Sql.Exchange exchange) {
        Supplier<Optional<OwnProgress>> own = exchange.first(sql.of("""
                        select count(*) filter (where a.status = 'rated'),
                               count(*) filter (where a.status = 'leased' and a.expires_at > :now),
                               count(*) filter (where a.status <> 'leased'),
                               (select r.id from rating r
                                 where r.assignment_id = (
                                       select l.id from assignment l
                                        where l.account_id = :account and l.status = 'rated' and l.project_id = :project
                                        order by l.finished_at desc, l.id limit 1)
                                   and not r.withdrawn and not exists
                                       (select 1 from rating n where n.id = r.id and n.revision > r.revision))
                          from assignment a
                         where a.account_id = :account and a.project_id = :project""")
                        .set("account", account)
                        .set("project", project)
                        .set("now", clock.instant()),
                row -> new OwnProgress(row.getLong(1), row.getLong(2), row.getLong(2) + row.getLong(3),
                        row.getObject(4, UUID.class)));
        return () -> own.get().orElseThrow();
    }

    private Optional<Long> lockCandidate(long account, long project, String purpose) {
        String order = switch (purpose) {
            case Task.RATING -> " order by t.priority desc, t.selection_rank, t.id";
            case Task.CALIBRATION -> " order by t.id";
            // Each reviewer meets the gold tasks in an order of their own.
            default -> " order by md5(cast(:account as text) || '/' || t.id)";
        };
        return search("select t.id", order + " limit 1 for no key update of t skip locked", account, project, purpose)
                .first(Queue::id);
    }

    private boolean anyCandidate(long account, long project, String purpose) {
        return search("select t.id", " limit 1", account, project, purpose).first(Queue::id).isPresent();
    }

    private Sql.Statement search(String what, String end, long account, long project, String purpose) {
        return query(what + (purpose.equals(Task.RATING) ? CANDIDATES : CHECKS) + end, account, project, purpose);
    }

    private Sql.Statement query(String statement, long account, long project, String purpose) {
        Sql.Statement query = sql.of(statement)
                .set("account", account)
                .set("project", project)
                .set("now", clock.instant());
        return purpose.equals(Task.RATING) ? query : query.set("purpose", purpose);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a task", interrupted);
        }
    }

    /** Counts again under the lock (the search may have read an older state) and takes the place if there is one. */
    private boolean take(long task, long account) {
        Instant now = clock.instant();
        return sql.of(TAKE)
                        .set("id", UUID.randomUUID())
                        .set("task", task)
                        .set("account", account)
                        .set("now", now)
                        .set("expires", now.plus(lease))
                        .set("draw", Long.toString(order.nextLong()))
                        .update()
                == 1;
    }

    private void finish(Held held, String status, String reason) {
        sql.of("update assignment set status = :status, finished_at = :now,"
                        + " skip_reason = cast(:reason as text) where id = :id")
                .set("status", status)
                .set("now", clock.instant())
                .set("reason", reason)
                .set("id", held.assignment())
                .update();
    }

    private static long id(ResultSet row) throws SQLException {
        return row.getLong(1);
    }

    /**
     * How far one reviewer is.
     *
     * @param rated tasks with a current rating of theirs
     * @param held their open leases
     * @param begun tasks that they were given, but for leases that ran out
     * @param lastRating the rating that an undo would withdraw; null for none
     */
    record OwnProgress(long rated, long held, long begun, UUID lastRating) {}

    /** For whom tasks were counted. */
    private record Seat(long account, long project, String purpose, boolean gold) {}

    /** How many tasks waited when the reviewer had begun so many. */
    private record Counted(long waiting, long begun) {}

    /** An assignment whose row and task row this transaction holds. */
    record Held(
            UUID assignment,
            long task,
            long project,
            String purpose,
            long account,
            String status,
            Shown shown,
            Instant expiresAt,
            int instructionsVersion) {

        private static Held of(UUID assignment, ResultSet row) throws SQLException {
            Shown shown = new Shown(List.of((Long[]) row.getArray(6).getArray()),
                    List.of((String[]) row.getArray(7).getArray()));
            return new Held(assignment, row.getLong(1), row.getLong(2), row.getString(3), row.getLong(4),
                    row.getString(5), shown, row.getObject(8, OffsetDateTime.class).toInstant(), row.getInt(9));
        }
    }
}
