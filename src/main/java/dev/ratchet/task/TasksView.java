package dev.ratchet.task;

import dev.ratchet.project.ProjectHead;
import java.util.List;

/**
 * What the page of a project's tasks shows.
 *
 * @param found how many tasks the filter finds
 * @param total how many the project has
 * @param next the query of the next page; null at the end
 * @param done what the last post did; null for none
 * @param problem why the last post did nothing; null for none
 */
record TasksView(
        ProjectHead head,
        TasksForm form,
        List<TaskList.Row> rows,
        long found,
        long total,
        List<String> tags,
        String next,
        RoutingSettings mix,
        List<Calibrations.Standing> standings,
        Done done,
        String problem) {

    public long goldPercent() {
        return Math.round(mix.goldRate() * 100);
    }

    public long calibrationPercent() {
        return Math.round(mix.calibrationAccuracy() * 100);
    }

    public long randomPercent() {
        return Math.round(mix.randomShare() * 100);
    }

    /**
     * What a post did.
     *
     * @param what changed, mixed, let, gold or work
     * @param count how many tasks
     */
    record Done(String what, long count) {
        /** Reads an address's word; null for one that only a hand-written address has. */
        static Done of(String word) {
            if (word != null && word.matches("changed-\\d{1,9}")) {
                return new Done("changed", Long.parseLong(word.substring("changed-".length())));
            }
            return word != null && List.of("mixed", "let", "gold", "work").contains(word) ? new Done(word, 0) : null;
        }
    }

    /**
     * A task whose right answers are given.
     *
     * @param questions with the answers that stand
     * @param gold whether it is a check already
     */
    record One(
            ProjectHead head,
            boolean sensitive,
            long id,
            String purpose,
            List<RatingView.Turn> turns,
            List<RatingView.AnswerView> answers,
            List<QuestionView> questions,
            boolean gold,
            String explanation,
            String problem) {}
}
