package dev.ratchet.task;

import dev.ratchet.project.ProjectHead;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * All that the rating page shows.
 *
 * @param ratedByMe tasks of the project that I rated
 * @param mine tasks that I rated or could rate
 * @param sensitive whether texts are blurred until they are asked for
 * @param lastRating what Undo takes back; null when I rated nothing here
 * @param task what to rate now; null when nothing waits
 * @param notice what went wrong with the last request; null when nothing did
 * @param toast what the last request did; null when it was no rating
 * @param round the calibration round; null for who has passed it, or where there is none
 * @param announcement what a screen reader says after the change
 */
record RatingView(
        ProjectHead project,
        RawString guidelines,
        int instructionsVersion,
        long ratedByMe,
        long mine,
        boolean sensitive,
        UUID lastRating,
        TaskView task,
        Notice notice,
        Toast toast,
        Round round,
        String announcement) {

    /** The id of the form that takes the answers. */
    static final String FORM = "rating-form";

    /** The name of the response at a place: A, B, C and so on. */
    static String letter(int place) {
        return String.valueOf((char) ('A' + place));
    }

    /**
     * A task as its reviewer sees it.
     *
     * @param ratingId made for this form: the same form sent twice is one rating
     * @param buttons the choices of the preference whose press sends the rating, where it is all that must be
     *     answered; null where nothing is sent by a press
     */
    record TaskView(
            UUID ratingId,
            UUID assignmentId,
            long taskId,
            List<Turn> turns,
            List<AnswerView> answers,
            List<QuestionView> questions,
            RawString buttons) {

        /** Whether the press of a choice sends the rating. */
        public boolean isDirect() {
            return buttons != null;
        }

        public String responseIds() {
            return answers.stream().map(answer -> Long.toString(answer.responseId())).collect(Collectors.joining(","));
        }

        /** The question whose buttons send the rating; null where none does. */
        public QuestionView sending() {
            return isDirect()
                    ? questions.stream().filter(q -> q.kind().equals("preference")).findFirst().orElse(null) : null;
        }

        /** The comment's field, where the one other question is a free text: it stands in the bar. */
        public QuestionView remark() {
            return isDirect() && questions.size() == 2
                    ? questions.stream().filter(q -> q.kind().equals("text")).findFirst().orElse(null) : null;
        }

        /** The questions that stand between the responses and the bar. */
        public List<QuestionView> others() {
            return questions.stream().filter(question -> question != sending() && question != remark()).toList();
        }

        /** Whether a question of the kind is asked: its keys are listed then. */
        public boolean asks(String kind) {
            return questions.stream().anyMatch(question -> question.kind().equals(kind));
        }

        public boolean hasOthers() {
            return !others().isEmpty();
        }
    }

    /** A rating that its reviewer looks at again. */
    record Past(
            ProjectHead project,
            boolean sensitive,
            UUID ratingId,
            List<Turn> turns,
            List<AnswerView> answers,
            List<QuestionView> questions,
            String summary,
            Instant ratedAt) {}

    /** One turn of the prompt: formatted for people, as written for programs that review. */
    record Turn(String role, String speaker, String source, RawString html) {}

    /** One blind response: formatted for people, as written for programs that review. */
    record AnswerView(String letter, long responseId, String source, RawString html) {}

    /** The calibration round as its reviewer sees it; accuracies in percent. */
    record Round(
            boolean failed, long done, long tasks, long needed, long accuracy, boolean retry,
            List<GoldResult> results) {
        static Round of(Calibrations.Round round) {
            return new Round(round.state() == Calibration.State.FAILED, round.done(), round.tasks(),
                    Math.round(round.needed() * 100), round.accuracy() == null ? 0 : Math.round(round.accuracy() * 100),
                    round.retry(), round.results());
        }
    }

    /** What happened, whether anything was lost, and what to do. */
    record Notice(String title, String detail) {}

    /** A short confirmation; {@code undoable} offers the way back. */
    record Toast(String text, boolean undoable) {}
}
