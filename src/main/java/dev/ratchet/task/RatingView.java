package dev.ratchet.task;

import dev.ratchet.project.ProjectHead;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * All that the rating page shows.
 *
 * @param ratedByMe tasks of the project that I rated
 * @param mine tasks that I rated or could rate
 * @param lastRating what Undo takes back; null when I rated nothing here
 * @param task what to rate now; null when nothing waits
 * @param notice what went wrong with the last request; null when nothing did
 * @param toast what the last request did; null when it was no rating
 * @param announcement what a screen reader says after the change
 */
record RatingView(
        ProjectHead project,
        RawString guidelines,
        int guidelinesVersion,
        long ratedByMe,
        long mine,
        UUID lastRating,
        TaskView task,
        Notice notice,
        Toast toast,
        String announcement) {

    /** The eight choices in the order in which they stand. */
    public List<Choice> choices() {
        return List.of(Choice.values());
    }

    /**
     * A task as its reviewer sees it.
     *
     * @param ratingId made for this form: the same form sent twice is one rating
     */
    record TaskView(
            UUID ratingId, UUID assignmentId, long taskId, List<Turn> turns, AnswerView left, AnswerView right) {}

    /** A rating that its reviewer looks at again. */
    record Past(
            ProjectHead project,
            UUID ratingId,
            List<Turn> turns,
            AnswerView left,
            AnswerView right,
            Choice choice,
            String comment,
            Instant ratedAt) {}

    /** One turn of the prompt: formatted for people, raw for programs that review. */
    record Turn(String role, String speaker, String raw, RawString html) {}

    /** One blind answer: formatted for people, raw for programs that review. */
    record AnswerView(long responseId, String raw, RawString html) {}

    /** What happened, whether anything was lost, and what to do. */
    record Notice(String title, String detail) {}

    /** A short confirmation; {@code undoable} offers the way back. */
    record Toast(String text, boolean undoable) {}
}
