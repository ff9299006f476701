package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.Language;
import dev.ratchet.platform.Markdown;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.PublishedInstructions;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes what the rating page shows: everything that models and people wrote passes the sanitiser here. */
@Singleton
class RatingViews {
    @Inject
    PublishedInstructions instructions;

    @Inject
    Markdown markdown;

    @Inject
    Language language;

    @Inject
    ScaleButtons buttons;

    /**
     * The page of whose turn it is.
     *
     * @param notice what went wrong with the request; null when nothing did
     * @param toast what the request did; null when it was none
     */
    RatingView of(Project project, Turn turn, RatingView.Notice notice, RatingView.Toast toast) {
        LeasedTask task = turn.task();
        PublishedInstructions.Published told = instructions.of(
                project.id, task == null ? project.instructionsVersion : task.instructionsVersion());
        long mine = turn.rated() + turn.available();
        return new RatingView(
                ProjectHead.of(project),
                told.guidelines(),
                told.version(),
                turn.rated(),
                mine,
                project.settings.sensitive(),
                turn.lastRating(),
                task == null ? null : shown(task),
                notice,
                toast,
                turn.round().map(RatingView.Round::of).orElse(null),
                announcement(turn.rated(), mine, task, notice, toast));
    }

    /** A rating that its reviewer looks at again. */
    RatingView.Past past(Project project, MyRating rating) {
        List<RatingView.AnswerView> answers = answers(rating.responses());
        return new RatingView.Past(
                ProjectHead.of(project),
                project.settings.sensitive(),
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
        return new TasksView.One(ProjectHead.of(project), project.settings.sensitive(), shown.task().id,
                shown.task().purpose, turns(shown.prompt()), answers,
                questions(shown.questions(), answers, gold == null ? MissingNode.getInstance() : gold.answers),
                gold != null, gold == null ? "" : gold.explanation, problem);
    }

    RatingView.TaskView shown(LeasedTask task) {
        List<RatingView.AnswerView> answers = answers(task.responses());
        List<Question> required = task.questions().list().stream().filter(Question::required).toList();
        List<QuestionView> questions = questions(task.questions(), answers, MissingNode.getInstance());
        return new RatingView.TaskView(
                UUID.randomUUID(),
                task.assignmentId(),
                task.taskId(),
                turns(task.prompt()),
                answers,
                questions,
                required.size() == 1 && required.get(0) instanceof Preference sending
                        ? buttons.of(questions.get(task.questions().list().indexOf(sending))) : null);
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
