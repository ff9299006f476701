package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.platform.Language;
import dev.ratchet.platform.Shown;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Questions;
import dev.ratchet.security.Account;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes what the page of disagreements shows. */
@Singleton
class AdjudicationViews {
    private static final int DECIDED = 10;
    private static final int AHEAD = 200;

    @Inject
    AdjudicationDesk desk;

    @Inject
    RatingViews views;

    @Inject
    Language language;

    /**
     * The page.
     *
     * @param wanted the task to show; null for the first that waits
     * @param undoable the task that was decided just now; null for none
     * @param notice what went wrong; null when nothing did
     */
    @Transactional
    AdjudicationView of(Account lead, Project project, Long wanted, Long undoable, RatingView.Notice notice) {
        List<Long> open = desk.open(project, AHEAD);
        Optional<Long> task = wanted == null ? open.stream().findFirst() : Optional.of(wanted);
        return new AdjudicationView(
                ProjectHead.of(project),
                project.settings.sensitive(),
                desk.waiting(project),
                task.map(id -> shown(lead, project, id, open)).orElse(null),
                desk.decided(project, DECIDED).stream().map(one -> decided(project, one)).toList(),
                undoable,
                notice);
    }

    private AdjudicationView.Case shown(Account lead, Project project, long task, List<Long> open) {
        AdjudicationCase found = desk.of(project, task);
        List<RatingView.AnswerView> answers = views.answers(found.responses());
        List<Long> ids = found.responses().stream().map(Answer::responseId).toList();
        AdjudicationCase.Decision decision = found.decision();
        boolean decided = decision != null && !decision.status().equals(Adjudication.OPEN);
        JsonNode given = decided && decision.answers() != null ? decision.answers() : MissingNode.getInstance();
        return new AdjudicationView.Case(
                task,
                views.turns(found.prompt()),
                answers,
                asked(views.questions(found.questions(), answers, given)),
                ids.stream().map(String::valueOf).collect(Collectors.joining(",")),
                found.ratings().stream()
                        .map(rating -> opinion(lead, rating, found.instructionsVersion(), ids)).toList(),
                decided ? decided(project, Adjudication.newest(task).orElseThrow()) : null,
                open.stream().filter(id -> id > task).findFirst()
                        .or(() -> open.stream().filter(id -> id != task).findFirst()).orElse(null));
    }

    /** Without the remarks that nobody must make, unless one stands: a lead's why is the decision's reason. */
    private static List<QuestionView> asked(List<QuestionView> questions) {
        return questions.stream().filter(asked -> !(asked.question() instanceof FreeText text) || text.required()
                || !asked.given().isMissingNode()).toList();
    }

    private AdjudicationView.Opinion opinion(
            Account lead, AdjudicationCase.Opinion rating, int version, List<Long> responses) {
        return new AdjudicationView.Opinion(
                rating.ratingId(),
                rating.reviewer(),
                rating.accountId() == lead.id,
                said(rating.questions(), rating.answers(), responses),
                rating.activeMillis() == 0 ? "–" : Shown.duration(Duration.ofMillis(rating.activeMillis())),
                rating.ratedAt(),
                rating.instructionsVersion() == version ? null : rating.instructionsVersion());
    }

    private List<AdjudicationView.Said> said(Questions questions, JsonNode answers, List<Long> responses) {
        RatingMessages messages = language.messages(RatingMessages.class);
        return questions.list().stream().filter(question -> answers.has(question.name()))
                .map(question -> new AdjudicationView.Said(question.title(),
                        AnswerWords.of(messages, question, answers.get(question.name()), responses),
                        question.compares()))
                .toList();
    }

    private AdjudicationView.Decided decided(Project project, Adjudication one) {
        return new AdjudicationView.Decided(
                one.taskId,
                one.answers == null ? null : summary(project, one),
                one.answers == null ? null : AnswerSummary.text(
                        Instructions.of(project.id, one.instructionsVersion).questions, one.answers),
                one.reason,
                Account.<Account>findById(one.settledBy).displayName,
                one.settledAt);
    }

    /** With the letters that the page gives the responses. */
    private String summary(Project project, Adjudication one) {
        AdjudicationCase found = desk.of(project, one.taskId);
        return AnswerSummary.of(language.messages(RatingMessages.class),
                Instructions.of(project.id, one.instructionsVersion).questions, found.decision().answers(),
                found.responses().stream().map(Answer::responseId).toList());
    }
}
