package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Member;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The round of known answers that comes before real work.
 *
 * <p>An attempt ends with its last task and is decided once: what was expected is shown then, so a second thought does
 * not count, and another attempt takes tasks that the reviewer has not seen. A skipped task counts as wrong. Leads are
 * not asked.
 */
@ApplicationScoped
public class Calibrations {
    private final Queue queue;
    private final GoldResults results;
    private final EntityManager entities;
    private final Clock clock;

    Calibrations(Queue queue, GoldResults results, EntityManager entities, Clock clock) {
        this.queue = queue;
        this.results = results;
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * A reviewer's round as they and their leads see it.
     *
     * @param done tasks of the attempt that are rated, skipped or retracted
     * @param tasks tasks of the attempt
     * @param needed the accuracy that opens real work
     * @param accuracy mean share of right answers; null while the attempt runs
     * @param retry whether enough tasks are left for another attempt
     * @param results what was answered and what was expected; empty while the attempt runs
     */
    public record Round(
            Calibration.State state, long done, long tasks, double needed, Double accuracy, boolean retry,
            List<GoldResult> results) {}

    /**
     * A reviewer's round for the list of a project's leads.
     *
     * @param letBy who let the reviewer through; null where the answers decided
     */
    public record Standing(
            long accountId, String login, String name, String status, int attempt, Double accuracy, Instant decidedAt,
            String letBy) {
        /** Right answers in percent. */
        public long percent() {
            return accuracy == null ? 0 : Math.round(accuracy * 100);
        }
    }

    /** What the account may do now. */
    Calibration.State state(Account account, Project project, RoutingSettings mix) {
        if (mix.calibrationTasks() == 0) {
            return Calibration.State.OPEN;
        }
        Calibration round = find(project, account.id).orElse(null);
        if (round != null && round.state() != Calibration.State.RUNNING) {
            return round.state();
        }
        return leads(account, project) || pool(project) == 0 ? Calibration.State.OPEN : Calibration.State.RUNNING;
    }

    /** What the account may do now; starts its round, and decides it after its last task. Its row is locked. */
    Calibration.State advance(Account account, Project project, RoutingSettings mix) {
        Calibration.State state = state(account, project, mix);
        if (state != Calibration.State.RUNNING) {
            return state;
        }
        Calibration round = find(project, account.id).orElseGet(() -> start(project, account));
        if (done(round) < mix.calibrationTasks() && queue.waiting(account.id, project.id, Task.CALIBRATION) > 0) {
            return state;
        }
        double accuracy = accuracy(round);
        round.decide(accuracy >= mix.calibrationAccuracy(), accuracy, clock.instant(), null);
        return round.state();
    }

    /** The account's round, where it has one and it is not passed. */
    Optional<Round> round(Account account, Project project, RoutingSettings mix) {
        Calibration.State state = state(account, project, mix);
        if (state == Calibration.State.OPEN) {
            return Optional.empty();
        }
        Optional<Calibration> round = find(project, account.id);
        long done = round.map(this::done).orElse(0L);
        long waiting = queue.waiting(account.id, project.id, Task.CALIBRATION);
        boolean failed = state == Calibration.State.FAILED;
        long tasks = failed ? done : Math.min(mix.calibrationTasks(), done + waiting + open(account, project));
        return Optional.of(new Round(state, done, tasks, mix.calibrationAccuracy(),
                round.map(known -> known.accuracy).orElse(null),
                failed && waiting >= mix.calibrationTasks(),
                failed ? checks(round.orElseThrow()) : List.of()));
    }

    /**
     * Starts another attempt.
     *
     * @throws Problem 409 if the round did not fail, or too few tasks are left that the account has not seen
     */
    @Transactional
    public void retry(Account account, Project project) {
        queue.lockReviewer(account.id);
        RoutingSettings mix = Routing.of(project.id);
        Calibration round = find(project, account.id)
                .filter(known -> known.state() == Calibration.State.FAILED)
                .orElseThrow(() -> Problem.conflict("calibration-not-failed", "There is nothing to try again",
                        "Nothing was changed: your round runs, or you passed it."));
        if (queue.waiting(account.id, project.id, Task.CALIBRATION) < mix.calibrationTasks()) {
            throw Problem.conflict("calibration-used-up", "There are no tasks left to try again with",
                    "Nothing was changed: you have seen them all. Ask a lead of the project to let you through.");
        }
        round.status = "running";
        round.attempt++;
        round.startedAt = clock.instant();
        round.accuracy = null;
        round.decidedAt = null;
    }

    /**
     * Lets a reviewer work whatever their answers were.
     *
     * @throws Problem 404 if there is no such account
     */
    @Transactional
    public void letThrough(Project project, long accountId, Account lead) {
        Account reviewer = Account.findById(accountId);
        if (reviewer == null) {
            throw Problem.notFound(
                    "unknown-account", "There is no such reviewer", "No account has the id " + accountId + ".");
        }
        queue.lockReviewer(accountId);
        Calibration round = find(project, accountId).orElseGet(() -> start(project, reviewer));
        if (round.state() != Calibration.State.OPEN) {
            round.decide(true, round.accuracy, clock.instant(), lead.id);
        }
    }

    /** Who is how far, those who wait for a lead first. */
    @Transactional
    public List<Standing> standings(Project project) {
        List<?> rows = entities.createNativeQuery("""
                        select a.id, a.login, a.display_name, c.status, c.attempt, c.accuracy, c.decided_at,
                               (select l.display_name from account l where l.id = c.decided_by)
                          from calibration c join account a on a.id = c.account_id
                         where c.project_id = :project
                         order by case c.status when 'failed' then 0 when 'running' then 1 else 2 end, a.display_name, a.id
                         limit 500""")
                .setParameter("project", project.id)
                .getResultList();
        return rows.stream().map(Object[].class::cast)
                .map(row -> new Standing(
                        ((Number) row[0]).longValue(), (String) row[1], (String) row[2], (String) row[3],
                        ((Number) row[4]).intValue(), (Double) row[5], (Instant) row[6], (String) row[7]))
                .toList();
    }

    private Calibration start(Project project, Account account) {
        Calibration round = new Calibration();
        round.projectId = project.id;
        round.accountId = account.id;
        round.status = "running";
        round.attempt = 1;
        round.startedAt = clock.instant();
        round.persist();
        return round;
    }

    private static Optional<Calibration> find(Project project, long account) {
        return Optional.ofNullable(Calibration.findById(new Calibration.Key(project.id, account)));
    }

    private static boolean leads(Account account, Project project) {
        return !account.role.equals(Role.REVIEWER)
                || Member.find(project.id, account.id).filter(member -> member.role.equals(Role.LEAD)).isPresent();
    }

    private static long pool(Project project) {
        return Task.count("projectId = ?1 and purpose = ?2", project.id, Task.CALIBRATION);
    }

    private long done(Calibration round) {
        return ((Number) entities.createNativeQuery("select count(*) from assignment a join task t on t.id = a.task_id"
                        + " where a.account_id = :account and t.project_id = :project and t.purpose = 'calibration'"
                        + " and a.status <> 'leased' and a.finished_at >= :since")
                .setParameter("account", round.accountId)
                .setParameter("project", round.projectId)
                .setParameter("since", round.startedAt)
                .getSingleResult()).longValue();
    }

    private long open(Account account, Project project) {
        return ((Number) entities.createNativeQuery("select count(*) from assignment a join task t on t.id = a.task_id"
                        + " where a.account_id = :account and t.project_id = :project and t.purpose = 'calibration'"
                        + " and a.status = 'leased' and a.expires_at > :now")
                .setParameter("account", account.id)
                .setParameter("project", project.id)
                .setParameter("now", clock.instant())
                .getSingleResult()).longValue();
    }

    private List<GoldResult> checks(Calibration round) {
        return results.since(round.projectId, round.accountId, round.startedAt).stream()
                .filter(result -> result.purpose().equals(Task.CALIBRATION)).toList();
    }

    private double accuracy(Calibration round) {
        long done = done(round);
        return done == 0 ? 0 : checks(round).stream().mapToDouble(GoldResult::share).sum() / done;
    }
}
