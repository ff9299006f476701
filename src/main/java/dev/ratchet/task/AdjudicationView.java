package dev.ratchet.task;

import dev.ratchet.project.ProjectHead;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * All that the page of disagreements shows.
 *
 * @param waiting tasks on which a lead has to decide
 * @param shown the one to decide on now; null when none is
 * @param decided what was decided last
 * @param undoable the task that was decided just now; null for none
 * @param notice what went wrong with the last request; null when nothing did
 */
record AdjudicationView(
        ProjectHead project,
        boolean sensitive,
        long waiting,
        Case shown,
        List<Decided> decided,
        Long undoable,
        RatingView.Notice notice) {

    /**
     * One task with all that was said of it.
     *
     * @param next another task that waits; null when there is none
     * @param decision what was decided on it; null while nothing is
     */
    record Case(
            long taskId,
            List<RatingView.Turn> turns,
            List<RatingView.AnswerView> answers,
            List<QuestionView> questions,
            String responseIds,
            List<Opinion> opinions,
            Decided decision,
            Long next) {}

    /**
     * What one reviewer said.
     *
     * @param mine whether the lead gave it
     * @param older the version of the questions that it answered; null where it is the one of now
     */
    record Opinion(
            UUID ratingId, String reviewer, boolean mine, List<Said> said, String time, Instant ratedAt,
            Integer older) {}

    /** A question and what was answered, in words; {@code main} is the comparison. */
    record Said(String question, String words, boolean main) {}

    /**
     * A decision that holds.
     *
     * @param words null where the ratings go on deciding
     * @param remark the answer to the first question for a free text; null for none
     */
    record Decided(long taskId, String words, String remark, String reason, String lead, Instant settledAt) {}
}
