package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes ratings out of what counts, in the words of a lead. Nothing is deleted: each rating gets the revision that
 * withdraws it, which goes the way of every other to the pairs; a retraction names who, when, why and which.
 */
@ApplicationScoped
public class Retractions {
    private static final int MAX_REASON = 1_000;
    /** Ratings of one transaction: a reviewer may have given very many. */
    private static final int BATCH = 200;

    private static final String STANDING = """
             from rating r join assignment a on a.id = r.assignment_id join task t on t.id = r.task_id
            where t.project_id = :project and r.account_id = :account and not r.withdrawn and a.status = 'rated'
              and not exists (select 1 from rating n where n.id = r.id and n.revision > r.revision)""";

    private final RatingLog log;
    private final Queue queue;
    private final EntityManager entities;
    private final Clock clock;

    Retractions(RatingLog log, Queue queue, EntityManager entities, Clock clock) {
        this.log = log;
        this.queue = queue;
        this.entities = entities;
        this.clock = clock;
    }

    /** The project and the reviewer of a rating. */
    public record Given(Project project, Account reviewer, UUID ratingId) {}

    /** A reviewer with how many of their ratings count in a project. */
    public record Standing(long accountId, String name, long ratings) {}

    /**
     * Whose a rating is, and in which project.
     *
     * @throws Problem 404 if there is no such rating
     */
    @Transactional
    public Given given(UUID rating) {
        Rating found = log.newest(rating).orElseThrow(() -> unknown(rating));
        Task task = Task.findById(found.taskId);
        return new Given(Project.findById(task.projectId), Account.findById(found.accountId), rating);
    }

    /** The ratings of a reviewer that count in a project, in the order of their tasks. */
    @Transactional
    public List<UUID> standing(Project project, Account reviewer) {
        return standing(project.id, reviewer.id, Integer.MAX_VALUE);
    }

    /** Who has ratings that count in the project, by name. */
    @Transactional
    public List<Standing> reviewers(Project project) {
        List<?> rows = entities.createNativeQuery("""
                        select c.id, c.display_name, count(*)
                          from assignment a join task t on t.id = a.task_id join account c on c.id = a.account_id
                         where t.project_id = :project and a.status = 'rated'
                         group by c.id, c.display_name order by c.display_name, c.id""")
                .setParameter("project", project.id)
                .getResultList();
        return rows.stream().map(Object[].class::cast)
                .map(row -> new Standing(((Number) row[0]).longValue(), (String) row[1], ((Number) row[2]).longValue()))
                .toList();
    }

    /**
     * Retracts one rating. Asking again changes nothing and answers the retraction that stands.
     *
     * @param reopen whether others rate the task in its place
     * @throws Problem 404 if there is no such rating; 409 if its reviewer took it back; 422 if the reason cannot be
     */
    @Transactional
    public Retraction retract(Account lead, UUID rating, String reason, boolean reopen) {
        String why = checked(reason);
        Rating known = log.newest(rating).orElseThrow(() -> unknown(rating));
        Queue.Held held = queue.lock(known.assignmentId).orElseThrow();
        Optional<Retraction> earlier = of(rating);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        // Read again: only under the lock is it the newest.
        Rating newest = log.newest(rating).orElseThrow();
        if (newest.withdrawn) {
            throw Problem.conflict("rating-withdrawn", "The rating was taken back by its reviewer",
                    "It counts for nothing already: there is nothing to retract.");
        }
        Retraction retraction = record(lead, held.project(), held.account(), rating, why, reopen);
        withdraw(retraction, held, newest);
        return retraction;
    }

    /**
     * Retracts all ratings of a reviewer that count in a project. A call that was cut off is finished by asking again;
     * with nothing left to retract the last retraction of the reviewer is answered.
     *
     * @param reopen whether others rate the tasks in their place
     * @throws Problem 409 if there is nothing to retract and never was; 422 if the reason cannot be
     */
    public Retraction retractAll(Account lead, Project project, Account reviewer, String reason, boolean reopen) {
        String why = checked(reason);
        Retraction retraction = QuarkusTransaction.joiningExisting().call(() -> {
            // One at a time for a reviewer: a second call finds nothing left.
            queue.lockReviewer(reviewer.id);
            if (standing(project.id, reviewer.id, 1).isEmpty()) {
                return last(project, reviewer).orElseThrow(() -> Problem.conflict("nothing-to-retract",
                        "There is nothing to retract",
                        reviewer.displayName + " has no ratings in " + project.slug + " that count."));
            }
            return record(lead, project.id, reviewer.id, null, why, reopen);
        });
        while (QuarkusTransaction.joiningExisting().call(() -> batch(retraction)) > 0) {
            // The next batch, in a transaction of its own.
        }
        return retraction;
    }

    /** The retraction that took out a rating; empty if none did. */
    @Transactional
    public Optional<Retraction> of(UUID rating) {
        return entities.createNativeQuery("select t.* from retraction t join retracted_rating r"
                        + " on r.retraction_id = t.id where r.rating_id = :rating", Retraction.class)
                .setParameter("rating", rating)
                .getResultStream().map(Retraction.class::cast).findFirst();
    }

    /** The ratings that a retraction took out. */
    @Transactional
    public List<UUID> ratings(Retraction retraction) {
        return uuids(entities.createNativeQuery(
                        "select rating_id from retracted_rating where retraction_id = :id order by rating_id")
                .setParameter("id", retraction.id)
                .getResultList());
    }

    /** The project's retractions after an id, in the order in which they were made, at most {@code limit}. */
    @Transactional
    public List<Retraction> list(Project project, long after, int limit) {
        return Retraction.find("projectId = ?1 and id > ?2 order by id", project.id, after)
                .page(io.quarkus.panache.common.Page.ofSize(limit)).list();
    }

    /** @throws Problem 404 if the project has no such retraction */
    @Transactional
    public Retraction require(Project project, long id) {
        return Retraction.<Retraction>find("projectId = ?1 and id = ?2", project.id, id).firstResultOptional()
                .orElseThrow(() -> Problem.notFound("unknown-retraction", "There is no such retraction",
                        "The project " + project.slug + " has no retraction " + id + "."));
    }

    private int batch(Retraction retraction) {
        List<UUID> next = standing(retraction.projectId, retraction.accountId, BATCH);
        for (UUID rating : next) {
            Queue.Held held = queue.lock(log.newest(rating).orElseThrow().assignmentId).orElseThrow();
            Rating newest = log.newest(rating).orElseThrow();
            if (!newest.withdrawn) {
                withdraw(retraction, held, newest);
            }
        }
        entities.flush();
        return next.size();
    }

    private void withdraw(Retraction retraction, Queue.Held held, Rating rating) {
        Account reviewer = Account.findById(held.account());
        log.withdraw(held, reviewer.pseudonym, rating);
        queue.retracted(held, retraction.reopened);
        entities.createNativeQuery("insert into retracted_rating (rating_id, retraction_id, revision)"
                        + " values (:rating, :retraction, :revision)")
                .setParameter("rating", rating.id)
                .setParameter("retraction", retraction.id)
                .setParameter("revision", rating.revision + 1)
                .executeUpdate();
    }

    private Retraction record(
            Account lead, long project, long reviewer, UUID rating, String reason, boolean reopen) {
        Retraction retraction = new Retraction();
        retraction.projectId = project;
        retraction.accountId = reviewer;
        retraction.ratingId = rating;
        retraction.reason = reason;
        retraction.reopened = reopen;
        retraction.authorId = lead.id;
        retraction.createdAt = clock.instant();
        retraction.persistAndFlush();
        return retraction;
    }

    private static Optional<Retraction> last(Project project, Account reviewer) {
        return Retraction.<Retraction>find("projectId = ?1 and accountId = ?2 and ratingId is null order by id desc",
                project.id, reviewer.id).firstResultOptional();
    }

    /** In the order of their tasks, which is the order in which everybody locks them. */
    private List<UUID> standing(long project, long account, int limit) {
        return uuids(entities.createNativeQuery("select r.id" + STANDING + " order by r.task_id limit :limit")
                .setParameter("project", project)
                .setParameter("account", account)
                .setParameter("limit", limit)
                .getResultList());
    }

    private static List<UUID> uuids(List<?> rows) {
        List<UUID> ids = new ArrayList<>();
        rows.forEach(row -> ids.add((UUID) row));
        return ids;
    }

    private static String checked(String reason) {
        if (reason == null || reason.isBlank() || reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
            throw Problem.unprocessable("invalid-reason", "The reason is not valid",
                    "Say why in 1 to " + MAX_REASON + " characters of text: it stays on record. Nothing was changed.");
        }
        return reason.strip();
    }

    private static Problem unknown(UUID rating) {
        return Problem.notFound("unknown-rating", "There is no such rating", "No rating has the id " + rating + ".");
    }
}
