package dev.ratchet.task;

import dev.ratchet.lm.Message;
import dev.ratchet.platform.Markdown;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.security.Account;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Makes what the rating page shows: everything that models and people wrote passes the sanitiser here. */
@Singleton
class RatingViews {
    @Inject
    RatingDesk desk;

    @Inject
    Markdown markdown;

    /**
     * The page with a leased task.
     *
     * @param task null when nothing waits
     * @param notice what went wrong with the request; null when nothing did
     * @param toast what the request did; null when it was none
     */
    RatingView of(
            Account reviewer, Project project, LeasedTask task, RatingView.Notice notice, RatingView.Toast toast) {
        QueueProgress progress = desk.progress(reviewer, project);
        long mine = progress.ratedByMe() + progress.availableToMe();
        return new RatingView(
                ProjectHead.of(project),
                markdown.render(project.guidelines),
                project.guidelinesVersion,
                progress.ratedByMe(),
                mine,
                desk.lastRating(reviewer, project).orElse(null),
                task == null ? null : shown(task),
                notice,
                toast,
                announcement(progress.ratedByMe(), mine, task, notice, toast));
    }

    /** A rating that its reviewer looks at again. */
    RatingView.Past past(Project project, MyRating rating) {
        return new RatingView.Past(
                ProjectHead.of(project),
                rating.ratingId(),
                turns(rating.prompt()),
                answer(rating.left()),
                answer(rating.right()),
                Choice.of(rating.verdict(), rating.strength()),
                rating.comment(),
                rating.ratedAt());
    }

    private RatingView.TaskView shown(LeasedTask task) {
        return new RatingView.TaskView(
                UUID.randomUUID(),
                task.assignmentId(),
                task.taskId(),
                turns(task.prompt()),
                answer(task.left()),
                answer(task.right()));
    }

    private List<RatingView.Turn> turns(List<Message> prompt) {
        return prompt.stream()
                .map(message -> new RatingView.Turn(
                        message.role(), speaker(message.role()), message.content(), markdown.render(message.content())))
                .toList();
    }

    private RatingView.AnswerView answer(Answer answer) {
        return new RatingView.AnswerView(answer.responseId(), answer.text(), markdown.render(answer.text()));
    }

    private static String speaker(String role) {
        return switch (role) {
            case "user" -> "Person";
            case "assistant" -> "Assistant";
            case "system" -> "Instructions";
            default -> role;
        };
    }

    private static String announcement(
            long rated, long mine, LeasedTask task, RatingView.Notice notice, RatingView.Toast toast) {
        if (notice != null) {
            return notice.title() + ". " + notice.detail();
        }
        String done = toast == null ? "" : toast.text() + " ";
        return done + (task == null ? "Nothing waits for you." : "Task shown. %d of %d rated.".formatted(rated, mine));
    }
}
