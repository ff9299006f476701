package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.platform.Problem;
import dev.ratchet.platform.Sql;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectAccess;
import dev.ratchet.project.PublishedInstructions;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.InvalidAnswer;
import dev.ratchet.question.Questions;
import dev.ratchet.security.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Where reviewers work: it gives them tasks and takes their ratings, also second thoughts. */
@ApplicationScoped
public class RatingDesk {
    private static final int MAX_REASON = 500;
    private static final int MAX_HISTORY = 200;
    private static final long MAX_ACTIVE_MILLIS = Duration.ofDays(1).toMillis();

    private final Sql sql;
    private final Queue queue;
    private final RatingLog log;
    private final TaskViews views;
    private final Calibrations calibrations;
    private final PublishedInstructions instructions;
    private final ProjectAccess access;
    private final Clock clock;
    private final RandomGenerator draw = new SecureRandom();

    RatingDesk(
            Sql sql, Queue queue, RatingLog log, TaskViews views, Calibrations calibrations,
            PublishedInstructions instructions, ProjectAccess access, Clock clock) {
        this.sql = sql;
        this.instructions = instructions;
        this.access = access;
        this.queue = queue;
        this.log = log;
        this.views = views;
        this.calibrations = calibrations;
        this.clock = clock;
    }

    /** The task that the account holds in the project, or the next one of the queue; empty if none is left for it. */
    @Transactional
    public Optional<LeasedTask> lease(Account account, Project project) {
        Queue.Start start = queue.start(account.id, project.id);
        return start.held().or(() -> next(account, project, start.mix()))
                .map(task -> views.leased(task, account.id));
    }

    /** The task that the account holds in the project, or the next one, and how far it is. */
    @Transactional
    Turn turn(Account account, Project project) {
        Queue.Start start = queue.start(account.id, project.id);
        RoutingSettings mix = start.mix();
        Optional<Long> task = start.held().or(() -> next(account, project, mix));
        Sql.Exchange exchange = sql.exchange();
        Optional<Supplier<LeasedTask>> shown = task.map(held -> views.leased(held, account.id, exchange));
        Supplier<Queue.OwnProgress> progress = queue.own(account.id, project.id, exchange);
        exchange.run();
        Queue.OwnProgress own = progress.get();
        long waiting = queue.waitingLately(
                account.id, project.id, given(account, project, mix), mix.goldRate() > 0, own);
        return new Turn(shown.map(Supplier::get).orElse(null), own.rated(), own.held() + waiting, own.lastRating(),
                calibrations.round(account, project, mix));
    }

    /** What the account is given next: first the calibration round, then work with gold mixed in. */
    private Optional<Long> next(Account account, Project project, RoutingSettings mix) {
        return switch (calibrations.advance(account, project, mix)) {
            case RUNNING -> queue.next(account.id, project.id, Task.CALIBRATION);
            case FAILED -> Optional.empty();
            case OPEN -> (mix.goldRate() > 0 && draw.nextDouble() < mix.goldRate()
                            ? queue.nextGold(account.id, project.id) : Optional.<Long>empty())
                    .or(() -> queue.next(account.id, project.id, Task.RATING));
        };
    }

    /**
     * Stores a rating with its event. Sending the same submission again changes nothing and answers the same.
     *
     * @throws Problem 403 if the task is not leased to the account; 409 if the lease ran out, the task was rated or
     *     skipped already, or the rating's id stands for something else; 422 if an answer is not valid, or the
     *     responses are not those of the task in the order of the lease. Nothing is changed then.
     */
    @Transactional
    public Rated submit(Account account, Submission submission) {
        return submit(account, held(account, submission.assignmentId()), submission);
    }

    /**
     * Stores a rating as {@link #submit(Account, Submission)} does.
     *
     * @param read reads the submission as the questions say that the assignment asks
     */
    @Transactional
    Stored submit(Account account, UUID assignmentId, Function<Questions, Submission> read) {
        Queue.Held held = held(account, assignmentId);
        Questions questions = instructions.of(held.project(), held.instructionsVersion()).questions();
        return new Stored(submit(account, held, read.apply(questions)), questions, held.purpose().equals(Task.GOLD));
    }

    private Rated submit(Account account, Queue.Held held, Submission submission) {
        if (held.task() != submission.taskId()) {
            throw notLeased();
        }
        if (!held.status().equals(Assignment.LEASED)) {
            return repeated(account, held, submission).orElseThrow(() -> closed(held));
        }
        checkResponses(held, submission);
        if (submission.activeMillis() < 0 || submission.activeMillis() > MAX_ACTIVE_MILLIS) {
            throw Problem.unprocessable("invalid-answers", "The answers are not valid",
                    "activeMillis must be 0 to " + MAX_ACTIVE_MILLIS + ", and is " + submission.activeMillis());
        }
        if (!held.expiresAt().isAfter(clock.instant())) {
            return repeated(account, held, submission).orElseThrow(RatingDesk::expired);
        }
        List<Comparison> comparisons = check(held, held.instructionsVersion(), submission.answers());
        Optional<Rated> stored = log.append(held, account.pseudonym, submission.ratingId(), 1, submission.answers(),
                comparisons, held.instructionsVersion(), submission.activeMillis());
        if (stored.isEmpty()) {
            return repeated(account, held, submission).orElseThrow(RatingDesk::idTaken);
        }
        queue.rated(held);
        return stored.get();
    }

    /**
     * Gives a task back for others; the account is not shown it again. Skipping twice is skipping once.
     *
     * @param reason for the project's lead; null for none
     * @throws Problem 403 if the task is not leased to the account; 409 if it was rated; 422 if the reason is too long
     */
    @Transactional
    public void skip(Account account, UUID assignmentId, String reason) {
        if (reason != null && (reason.length() > MAX_REASON || reason.indexOf('\0') >= 0)) {
            throw Problem.unprocessable("invalid-reason", "The reason is not valid",
                    "reason must be at most " + MAX_REASON + " characters of text without NUL");
        }
        Queue.Held held = held(account, assignmentId);
        switch (held.status()) {
            case Assignment.SKIPPED -> { }
            case Assignment.RATED, Assignment.RETRACTED -> throw closed(held);
            default -> queue.skipped(held, reason == null || reason.isBlank() ? null : reason.strip());
        }
    }

    /** Withdraws the account's last rating in the project and leases its task again; empty if there is none. */
    @Transactional
    public Optional<LeasedTask> undo(Account account, Project project) {
        queue.lockReviewer(account.id);
        return queue.lastRated(account.id, project.id)
                .map(assignment -> withdraw(account, queue.lock(assignment).orElseThrow()));
    }

    /**
     * Withdraws the account's last rating in the project, if it is the one that the account means, and leases its task
     * again. Asking again while that lease is open changes nothing and answers the same lease, so a lost answer never
     * costs the rating before.
     *
     * @param expected the rating to withdraw
     * @throws Problem 404 if the project has no such rating; 403 if it is somebody else's; 409 if it is not the
     *     account's last one any more. Nothing is changed then.
     */
    @Transactional
    public LeasedTask undo(Account account, Project project, UUID expected) {
        queue.lockReviewer(account.id);
        Rating known = own(account, expected);
        Queue.Held held = queue.lock(known.assignmentId)
                .filter(found -> found.project() == project.id)
                .orElseThrow(() -> unknownRating(expected));
        // Read again: only under the lock is it the newest.
        if (log.newest(expected).orElseThrow().withdrawn) {
            if (!held.status().equals(Assignment.LEASED) || !held.expiresAt().isAfter(clock.instant())) {
                throw staleUndo();
            }
            return views.leased(held.task(), account.id);
        }
        queue.lastRated(account.id, project.id).filter(held.assignment()::equals)
                .orElseThrow(RatingDesk::staleUndo);
        return withdraw(account, held);
    }

    /**
     * Replaces the answers of the account's own rating by a new revision, to the questions that it answered; the same
     * answers again change nothing.
     *
     * @throws Problem 404 if there is no such rating; 403 if it is somebody else's; 409 if it was undone; 422 if an
     *     answer is not valid
     */
    @Transactional
    public Rated edit(Account account, UUID ratingId, JsonNode answers) {
        Rating known = own(account, ratingId);
        Queue.Held held = queue.lock(known.assignmentId).orElseThrow();
        // Who left a closed project does not change what it learns from.
        access.requireRate(account, Project.findById(held.project()));
        // Read again: only under the lock is it the newest.
        Rating newest = log.newest(ratingId).orElseThrow();
        if (newest.withdrawn) {
            throw Problem.conflict("rating-withdrawn", "The rating was undone",
                    "An undone rating cannot be edited: rate the task again.");
        }
        List<Comparison> comparisons = check(held, newest.instructionsVersion, answers);
        if (newest.answers.equals(answers)) {
            return rated(newest);
        }
        return log.append(held, account.pseudonym, ratingId, newest.revision + 1, answers, comparisons,
                newest.instructionsVersion, newest.activeMillis).orElseThrow();
    }

    /** How far the project's queue is, seen by the account. */
    @Transactional
    public QueueProgress progress(Account account, Project project) {
        RoutingSettings mix = Routing.of(project.id);
        return queue.progress(account.id, project.id, given(account, project, mix), mix.goldRate() > 0);
    }

    /** The purpose of the tasks that the account is given now; null for none. */
    private String given(Account account, Project project, RoutingSettings mix) {
        return switch (calibrations.state(account, project, mix)) {
            case RUNNING -> Task.CALIBRATION;
            case FAILED -> null;
            case OPEN -> Task.RATING;
        };
    }

    /** The account's current ratings in the project, newest first; {@code limit} is cut to 1 to 200. */
    @Transactional
    public List<MyRating> history(Account account, Project project, int limit) {
        return views.history(account.id, project.id, Math.max(1, Math.min(limit, MAX_HISTORY)));
    }

    /** Adds the revision that withdraws what stands for a rated, locked assignment, and leases it again. */
    private LeasedTask withdraw(Account account, Queue.Held held) {
        Rating rating = log.current(held.assignment()).orElseThrow();
        log.withdraw(held, account.pseudonym, rating);
        queue.reopen(held);
        return views.leased(held.task(), account.id);
    }

    private Rating own(Account account, UUID ratingId) {
        Rating rating = log.newest(ratingId).orElseThrow(() -> unknownRating(ratingId));
        if (!rating.accountId.equals(account.id)) {
            throw Problem.forbidden("not-your-rating", "The rating is not yours",
                    "Nothing was changed: only who gave a rating may change it.");
        }
        return rating;
    }

    private Queue.Held held(Account account, UUID assignment) {
        return queue.lock(assignment)
                .filter(held -> held.account() == account.id)
                .orElseThrow(RatingDesk::notLeased);
    }

    /** The stored rating, if the submission is the very same as the one that made it. */
    private Optional<Rated> repeated(Account account, Queue.Held held, Submission submission) {
        Optional<Rating> first = log.first(submission.ratingId());
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Rating stored = first.get();
        boolean same = stored.accountId.equals(account.id)
                && stored.assignmentId.equals(submission.assignmentId())
                && stored.answers.equals(submission.answers())
                && held.shown().responses().equals(submission.responseIds());
        if (!same) {
            throw idTaken();
        }
        return Optional.of(rated(stored));
    }

    private static void checkResponses(Queue.Held held, Submission submission) {
        if (!held.shown().responses().equals(submission.responseIds())) {
            throw Problem.unprocessable("wrong-responses", "The responses are not those of the lease",
                    "Send responseIds " + held.shown().responses() + ", in the order in which they were shown, and not "
                            + submission.responseIds() + ".");
        }
    }

    /** What the answers say of which response is better; refuses answers that the questions do not allow. */
    private List<Comparison> check(Queue.Held held, int instructionsVersion, JsonNode answers) {
        Questions questions = instructions.of(held.project(), instructionsVersion).questions();
        try {
            questions.check(answers, held.shown());
        } catch (InvalidAnswer wrong) {
            throw Problem.unprocessable("invalid-answers", "The answers are not valid",
                    wrong.getMessage() + ". Nothing was stored.");
        }
        return questions.comparisons(answers, held.shown());
    }

    private static Rated rated(Rating rating) {
        return new Rated(rating.id, rating.revision, rating.taskId, rating.answers, rating.createdAt);
    }

    private static Problem unknownRating(UUID ratingId) {
        return Problem.notFound("unknown-rating", "There is no such rating", "No rating has the id " + ratingId + ".");
    }

    private static Problem staleUndo() {
        return Problem.conflict("undo-stale", "That is not your last rating any more",
                "Nothing was changed: only the last rating of a project can be undone. Change an earlier one on the"
                        + " page Queue.");
    }

    private static Problem notLeased() {
        return Problem.forbidden("not-leased", "The task is not leased to you",
                "Nothing was stored. Ask for your next task and rate that one.");
    }

    private static Problem expired() {
        return Problem.conflict("lease-expired", "The lease ran out",
                "Nothing was stored: the task went back to the queue. Ask for your next task; it may be the same one.");
    }

    private static Problem closed(Queue.Held held) {
        return switch (held.status()) {
            case Assignment.RATED -> Problem.conflict("already-rated", "You rated this task already",
                    "Nothing was stored. Edit your rating, or undo it, to change what you said.");
            case Assignment.RETRACTED -> Problem.conflict("rating-retracted", "A lead took your rating out",
                    "Nothing was stored. Ask for your next task.");
            default -> Problem.conflict("lease-closed", "You gave this task back",
                    "Nothing was stored. Ask for your next task.");
        };
    }

    private static Problem idTaken() {
        return Problem.conflict("rating-id-taken", "The rating's id stands for another rating",
                "Nothing was stored. Send a new ratingId for a new rating; edit the old rating to change it.");
    }
}
