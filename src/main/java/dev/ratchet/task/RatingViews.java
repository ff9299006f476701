package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.Language;
import dev.ratchet.platform.Markdown;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.security.Account;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes what the rating page shows: everything that models and people wrote passes the sanitiser here. */
@Singleton
class RatingViews {
    @Inject
    RatingDesk desk;

    @Inject
    Markdown markdown;

    @Inject
    Calibrations calibrations;

    @Inject
    Language language;

    /**
     * The page with a leased task.
     *
     * @param task null when nothing waits
     * @param notice what went wrong with the request; null when nothing did
     * @param toast what the request did; null when it was none
     */
    RatingView of(
            Account reviewer, Project project, LeasedTask task, RatingView.Notice notice, RatingView.Toast toast) {
        Instructions told = task == null
                ? Instructions.current(project) : Instructions.of(project.id, task.instructionsVersion());
        Queue.OwnProgress progress = desk.own(reviewer, project);
        long mine = progress.rated() + progress.available();
        return new RatingView(
                ProjectHead.of(project),
                markdown.render(told.guidelines),
                told.version,
                progress.rated(),
                mine,
                project.settings.sensitive(),
                desk.lastRating(reviewer, project).orElse(null),
                task == null ? null : shown(task),
                notice,
                toast,
                calibrations.round(reviewer, project).map(RatingView.Round::of).orElse(null),
                announcement(progress.rated(), mine, task, notice, toast));
    }

    /** A rating that its reviewer looks at again. */
    RatingView.Past past(Project project, MyRating rating) {
        List<RatingView.AnswerView> answers = answers(rating.responses());
        return new RatingView.Past(
                ProjectHead.of(project),
                rating.ratingId(),
                turns(rating.prompt()),
                answers,
                questions(rating.questions(), answers, rating.answers()),
                AnswerSummary.of(words(), rating.questions(), rating.answers(),
                        rating.responses().stream().map(Answer::responseId).toList()),
                rating.ratedAt());
    }

    /**
     * A task whose right answers are given.
     *
     * @param problem why they were not stored; null for nothing
     */
    TasksView.One gold(Project project, GoldTask shown, String problem) {
        List<RatingView.AnswerView> answers = answers(shown.responses());
        GoldAnswer gold = shown.gold();
        return new TasksView.One(ProjectHead.of(project), shown.task().id, shown.task().purpose, turns(shown.prompt()),
                answers, questions(shown.questions(), answers, gold == null ? MissingNode.getInstance() : gold.answers),
                gold != null, gold == null ? "" : gold.explanation, problem);
    }

    RatingView.TaskView shown(LeasedTask task) {
        List<RatingView.AnswerView> answers = answers(task.responses());
        List<Question> required = task.questions().list().stream().filter(Question::required).toList();
        return new RatingView.TaskView(
                UUID.randomUUID(),
                task.assignmentId(),
                task.taskId(),
                turns(task.prompt()),
                answers,
                questions(task.questions(), answers, MissingNode.getInstance()),
                required.size() == 1 && required.get(0) instanceof Preference);
    }

    List<QuestionView> questions(
            Questions questions, List<RatingView.AnswerView> answers, JsonNode given) {
        RatingMessages words = words();
        return questions.list().stream()
                .map(question -> new QuestionView(
                        question, answers, given.path(question.name()), RatingView.FORM, words))
                .toList();
    }

    List<RatingView.Turn> turns(List<Message> prompt) {
        return prompt.stream()
                .map(message -> new RatingView.Turn(
                        message.role(), speaker(message.role()), message.content(), markdown.render(message.content())))
                .toList();
    }

    List<RatingView.AnswerView> answers(List<Answer> responses) {
        return IntStream.range(0, responses.size())
                .mapToObj(place -> new RatingView.AnswerView(
                        RatingView.letter(place),
                        responses.get(place).responseId(),
                        responses.get(place).text(),
                        markdown.renderPlaced(responses.get(place).text())))
                .toList();
    }

    private String speaker(String role) {
        return switch (role) {
            case "user" -> words().person();
            case "assistant" -> words().assistant();
            case "system" -> words().instructions();
            default -> role;
        };
    }

    private String announcement(
            long rated, long mine, LeasedTask task, RatingView.Notice notice, RatingView.Toast toast) {
        if (notice != null) {
            return notice.title() + ". " + notice.detail();
        }
        String done = toast == null ? "" : toast.text() + " ";
        return done + (task == null ? words().nothingWaits() : words().taskShown(rated, mine));
    }

    private RatingMessages words() {
        return language.messages(RatingMessages.class);
    }
}
