package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.generation.Response;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.Prompt;
import dev.ratchet.question.InvalidAnswer;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Shown;
import dev.ratchet.security.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Where leads say which answers to a task are right, which makes it a check. */
@ApplicationScoped
public class GoldDesk {
    private static final int LONGEST_EXPLANATION = 2_000;

    private final EntityManager entities;
    private final Clock clock;

    GoldDesk(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** @throws Problem 404 if the project has no such task */
    @Transactional
    public GoldTask show(Project project, long taskId) {
        return view(project, require(project, taskId, LockModeType.NONE));
    }

    /**
     * Says which answers to a task are right. A task that was rated, or that somebody holds, stays what it is: the
     * ratings that were given to be learnt from are kept for that.
     *
     * @param purpose gold or calibration
     * @param answers as a rating of the responses in the order of their positions
     * @param explanation why they are right; null for none
     * @throws Problem 404 if the project has no such task; 409 if reviewers were given it as work; 422 if an answer is
     *     not valid, or none of them can be judged
     */
    @Transactional
    public GoldTask set(Project project, long taskId, String purpose, JsonNode answers, String explanation,
            Account author) {
        if (purpose == null || !Set.of(Task.GOLD, Task.CALIBRATION).contains(purpose)) {
            throw invalid("purpose must be gold or calibration");
        }
        String why = explanation == null ? "" : explanation.strip();
        if (why.length() > LONGEST_EXPLANATION || why.indexOf('\0') >= 0) {
            throw invalid("explanation must be at most " + LONGEST_EXPLANATION + " characters of text without NUL");
        }
        Task task = require(project, taskId, LockModeType.PESSIMISTIC_WRITE);
        GoldTask view = view(project, task);
        check(view, answers);
        if (!task.purpose.equals(purpose)) {
            refuseWhenGiven(task);
            task.purpose = purpose;
            task.status = Task.OPEN;
        }
        GoldAnswer gold = view.gold() == null ? new GoldAnswer() : view.gold();
        gold.taskId = task.id;
        gold.answers = answers;
        gold.explanation = why;
        gold.authorId = author.id;
        gold.createdAt = clock.instant();
        gold.persist();
        return new GoldTask(task, view.prompt(), view.responses(), view.questions(), gold);
    }

    /**
     * Makes a check a task to rate again.
     *
     * @throws Problem 404 if the project has no such task; 409 if reviewers were given it as a check
     */
    @Transactional
    public void remove(Project project, long taskId) {
        Task task = require(project, taskId, LockModeType.PESSIMISTIC_WRITE);
        if (!task.purpose.equals(Task.RATING)) {
            refuseWhenGiven(task);
            task.purpose = Task.RATING;
            GoldAnswer.deleteById(task.id);
        }
    }

    private static void check(GoldTask view, JsonNode answers) {
        List<Answer> responses = view.responses();
        try {
            view.questions().check(answers, new Shown(responses.stream().map(Answer::responseId).toList(),
                    responses.stream().map(Answer::text).toList()));
        } catch (InvalidAnswer wrong) {
            throw invalid(wrong.getMessage());
        }
        if (view.questions().list().stream().noneMatch(q -> Correctness.judged(q) && answers.has(q.name()))) {
            throw invalid("answer one question at least that has a right answer: a text, a rewrite or marks have none");
        }
    }

    /** Under the task's row lock nobody takes it meanwhile. */
    private static void refuseWhenGiven(Task task) {
        if (Assignment.count("taskId", task.id) > 0) {
            throw Problem.conflict("task-given", "Reviewers were given the task",
                    "Nothing was changed: what they said of it was said for another purpose. Choose a task that nobody"
                            + " was given yet.");
        }
    }

    private GoldTask view(Project project, Task task) {
        Prompt prompt = Prompt.findById(task.promptId);
        List<Answer> responses = task.responseIds.stream()
                .map(id -> new Answer(id, entities.find(Response.class, id).text)).toList();
        Questions questions = Instructions.current(project).questions;
        return new GoldTask(task, prompt.messages, responses, questions, GoldAnswer.findById(task.id));
    }

    private static Task require(Project project, long taskId, LockModeType lock) {
        Task task = Task.findById(taskId, lock);
        if (task == null || !task.projectId.equals(project.id)) {
            throw Problem.notFound("unknown-task", "There is no such task",
                    "The project " + project.slug + " has no task " + taskId + ".");
        }
        return task;
    }

    private static Problem invalid(String rule) {
        return Problem.unprocessable("invalid-gold", "The right answers are not valid",
                "Nothing was stored: " + rule + ".");
    }
}
