package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.feedback.RatingEvent;
import dev.ratchet.generation.Response;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.Prompt;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.InvalidAnswer;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.security.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Where leads decide what reviewers disagree on. A decision is a row of its own and goes to the pairs by the same
 * stream as a rating; the ratings stay as they are, and count again when the decision is taken back.
 */
@ApplicationScoped
public class AdjudicationDesk {
    private static final int MAX_REASON = 1_000;

    private final Disagreements disagreements;
    private final RatingLog log;
    private final TaskViews views;
    private final EntityManager entities;
    private final Clock clock;

    AdjudicationDesk(Disagreements disagreements, RatingLog log, TaskViews views, EntityManager entities, Clock clock) {
        this.disagreements = disagreements;
        this.log = log;
        this.views = views;
        this.entities = entities;
        this.clock = clock;
    }

    /** The tasks that wait for a lead, oldest first, at most {@code limit}. */
    @Transactional
    public List<Long> open(Project project, int limit) {
        return disagreements.open(project.id, limit);
    }

    /** How many tasks wait for a lead. */
    @Transactional
    public long waiting(Project project) {
        return disagreements.count(project.id);
    }

    /** The decisions that hold in a project, the last one first, at most {@code limit}. */
    @Transactional
    public List<Adjudication> decided(Project project, int limit) {
        return Adjudication.find("from Adjudication a where a.projectId = ?1 and a.status <> 'open' and a.revision ="
                        + " (select max(n.revision) from Adjudication n where n.taskId = a.taskId) order by a.id desc",
                project.id).page(io.quarkus.panache.common.Page.ofSize(limit)).list();
    }

    /**
     * A task with all that was said of it.
     *
     * @throws Problem 404 if the project has no such task
     */
    @Transactional
    public AdjudicationCase of(Project project, long taskId) {
        Task task = require(project, taskId);
        List<Long> order = order(task);
        Instructions told = Instructions.current(project);
        return new AdjudicationCase(
                taskId,
                Prompt.<Prompt>findById(task.promptId).messages,
                order.stream().map(id -> new Answer(id, Response.<Response>findById(id).text)).toList(),
                opinions(task, order),
                Adjudication.newest(taskId).map(found -> decision(found, order)).orElse(null),
                told.version,
                told.questions);
    }

    /**
     * Settles a task by answers to the project's questions, which then decide its pairs alone. The same answers again
     * change nothing.
     *
     * @param responses the responses in the order that the lead saw
     * @throws Problem 404 if the project has no such task; 409 if it is not complete, or a check; 422 if an answer is
     *     not valid, the reason is too long, or the responses are not those of the task
     */
    @Transactional
    public Adjudication settle(Account lead, Project project, long taskId, List<Long> responses, JsonNode answers,
            String reason) {
        String why = checked(reason);
        Task task = locked(project, taskId);
        List<Long> order = order(task);
        if (responses == null || !responses.stream().sorted().toList().equals(order.stream().sorted().toList())) {
            throw Problem.unprocessable("wrong-responses", "The responses are not those of the task",
                    "Send responseIds " + order + ", in the order in which the answers mean them. Nothing was stored.");
        }
        Instructions told = Instructions.current(project);
        var shown = views.shown(responses);
        try {
            told.questions.check(answers, shown);
        } catch (InvalidAnswer wrong) {
            throw Problem.unprocessable("invalid-answers", "The answers are not valid",
                    wrong.getMessage() + ". Nothing was stored.");
        }
        Optional<Adjudication> before = Adjudication.newest(taskId);
        boolean same = before.filter(known -> known.status.equals(Adjudication.SETTLED)
                && known.answers.equals(answers) && List.of(known.shown).equals(responses)
                && known.reason.equals(why)).isPresent();
        if (same) {
            return before.get();
        }
        Adjudication made = append(lead, task, before, Adjudication.SETTLED, why, answers, responses, told.version);
        send(lead, made, told.questions.comparisons(answers, shown));
        return made;
    }

    /**
     * Leaves a task as its ratings say, and out of the queue. Doing so twice is doing so once.
     *
     * @throws Problem as {@link #settle}
     */
    @Transactional
    public Adjudication dismiss(Account lead, Project project, long taskId, String reason) {
        String why = checked(reason);
        Task task = locked(project, taskId);
        Optional<Adjudication> before = Adjudication.newest(taskId);
        if (before.filter(known -> known.status.equals(Adjudication.DISMISSED)).isPresent()) {
            return before.get();
        }
        return takeBack(lead, task, before, Adjudication.DISMISSED, why);
    }

    /**
     * Takes the decision on a task back: its ratings count again, and it waits for a lead as long as they disagree.
     *
     * @throws Problem 404 if the project has no such task; 409 if nothing is decided on it; 422 if the reason is too
     *     long
     */
    @Transactional
    public Adjudication reopen(Account lead, Project project, long taskId, String reason) {
        String why = checked(reason);
        Task task = locked(project, taskId);
        Optional<Adjudication> before = Adjudication.newest(taskId);
        if (before.isEmpty()) {
            throw Problem.conflict("nothing-decided", "Nothing is decided on this task",
                    "Nothing was changed: only a decision can be taken back.");
        }
        return before.get().status.equals(Adjudication.OPEN)
                ? before.get() : takeBack(lead, task, before, Adjudication.OPEN, why);
    }

    private Adjudication takeBack(
            Account lead, Task task, Optional<Adjudication> before, String status, String reason) {
        boolean sent = before.filter(known -> known.status.equals(Adjudication.SETTLED)).isPresent();
        List<Long> order = before.map(known -> List.of(known.shown)).orElseGet(() -> order(task));
        int version = before.map(known -> known.instructionsVersion)
                .orElseGet(() -> Project.<Project>findById(task.projectId).instructionsVersion);
        Adjudication made = append(lead, task, before, status, reason, null, order, version);
        if (sent) {
            send(lead, made, List.of());
        }
        return made;
    }

    private Adjudication append(Account lead, Task task, Optional<Adjudication> before, String status, String reason,
            JsonNode answers, List<Long> shown, int instructionsVersion) {
        Adjudication made = new Adjudication();
        made.projectId = task.projectId;
        made.taskId = task.id;
        made.revision = before.map(known -> known.revision + 1).orElse(1);
        made.decisionId = before.map(known -> known.decisionId).orElseGet(UUID::randomUUID);
        made.status = status;
        made.reason = reason;
        made.answers = answers;
        made.shown = shown.toArray(new Long[0]);
        made.instructionsVersion = instructionsVersion;
        made.settledBy = lead.id;
        made.settledAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        made.persistAndFlush();
        return made;
    }

    private void send(Account lead, Adjudication made, List<Comparison> comparisons) {
        log.send(new RatingEvent(made.decisionId, made.revision, made.projectId, made.taskId, lead.pseudonym,
                !made.status.equals(Adjudication.SETTLED), RatingLog.compared(comparisons), made.instructionsVersion,
                made.settledAt, RatingEvent.Kind.ADJUDICATION));
    }

    private static Task require(Project project, long taskId) {
        return Task.<Task>find("id = ?1 and projectId = ?2", taskId, project.id).firstResultOptional()
                .orElseThrow(() -> Problem.notFound("unknown-task", "There is no such task",
                        "The project " + project.slug + " has no task " + taskId + "."));
    }

    /** Holds the task's row, which orders the events of the task. */
    private Task locked(Project project, long taskId) {
        Task task = require(project, taskId);
        entities.refresh(task, LockModeType.PESSIMISTIC_WRITE);
        if (!task.purpose.equals(Task.RATING)) {
            throw Problem.conflict("task-is-a-check", "The task is a check",
                    "Nothing was changed: the right answers of a check are on record already.");
        }
        boolean decided = Adjudication.newest(taskId).isPresent();
        if (!task.status.equals(Task.COMPLETE) && !decided) {
            throw Problem.conflict("task-not-complete", "Not all have rated the task yet",
                    "Nothing was changed: a lead decides when all " + task.overlap + " ratings are there.");
        }
        return task;
    }

    /** Drawn by the task: neither the models' order nor that of one reviewer, and the same at every look. */
    private static List<Long> order(Task task) {
        List<Long> order = new ArrayList<>(task.responseIds);
        Collections.shuffle(order, new Random(task.id));
        return order;
    }

    private List<AdjudicationCase.Opinion> opinions(Task task, List<Long> order) {
        List<?> rows = entities.createNativeQuery("""
                        select r.id, array_to_string(a.shown, ',') from rating r join assignment a on a.id = r.assignment_id
                         where r.task_id = :task and a.status = 'rated' and not r.withdrawn
                           and not exists (select 1 from rating n where n.id = r.id and n.revision > r.revision)
                         order by r.created_at, r.id""")
                .setParameter("task", task.id)
                .getResultList();
        return rows.stream().map(Object[].class::cast)
                .map(row -> opinion(task, log.newest((UUID) row[0]).orElseThrow(), longs((String) row[1]), order))
                .toList();
    }

    private static AdjudicationCase.Opinion opinion(Task task, Rating rating, List<Long> shown, List<Long> order) {
        Account reviewer = Account.findById(rating.accountId);
        Questions questions = Instructions.of(task.projectId, rating.instructionsVersion).questions;
        return new AdjudicationCase.Opinion(rating.id, rating.revision, reviewer.id, reviewer.displayName,
                reviewer.pseudonym, rating.instructionsVersion, questions,
                turned(questions, rating.answers, shown, order), rating.activeMillis, rating.createdAt);
    }

    private AdjudicationCase.Decision decision(Adjudication found, List<Long> order) {
        Account lead = Account.findById(found.settledBy);
        Questions questions = Instructions.of(found.projectId, found.instructionsVersion).questions;
        return new AdjudicationCase.Decision(found.revision, found.decisionId, found.status, found.reason,
                found.answers == null ? null : turned(questions, found.answers, List.of(found.shown), order),
                lead.pseudonym, lead.displayName, found.settledAt);
    }

    /** A preference speaks of the first and the second shown: turned to the order of the page. */
    private static JsonNode turned(Questions questions, JsonNode answers, List<Long> shown, List<Long> order) {
        if (shown.equals(order)) {
            return answers;
        }
        ObjectNode turned = answers.deepCopy();
        for (Question question : questions.list()) {
            if (question instanceof Preference && turned.path(question.name()).has("strength")) {
                ObjectNode answer = (ObjectNode) turned.get(question.name());
                answer.put("strength", -answer.get("strength").intValue());
            }
        }
        return turned;
    }

    private static List<Long> longs(String joined) {
        List<Long> longs = new ArrayList<>();
        for (String one : joined.split(",")) {
            longs.add(Long.valueOf(one));
        }
        return longs;
    }

    private static String checked(String reason) {
        if (reason != null && (reason.length() > MAX_REASON || reason.indexOf('\0') >= 0)) {
            throw Problem.unprocessable("invalid-reason", "The reason is not valid",
                    "reason must be at most " + MAX_REASON + " characters of text without NUL. Nothing was changed.");
        }
        return reason == null ? "" : reason.strip();
    }
}
