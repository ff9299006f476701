package dev.ratchet.task;

import dev.ratchet.project.ProjectHead;
import dev.ratchet.question.Recipe;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.List;

/**
 * What the page of a project's questions and guidelines shows.
 *
 * @param version the version that holds, and that a change starts from
 * @param guidelines as they stand in the form
 * @param questions as they stand in the form, as JSON
 * @param use what depends on the present version
 * @param problem what is wrong with what was sent; null for nothing
 * @param done what was done; null for nothing
 */
record InstructionsView(
        ProjectHead head,
        int version,
        String guidelines,
        String questions,
        String note,
        boolean sensitive,
        Use use,
        Preview preview,
        List<Past> history,
        List<Start> recipes,
        QuestionsText.Fault problem,
        String done) {

    /** The id of the form whose questions the preview shows; its answers go nowhere. */
    static final String PREVIEW_FORM = "preview-form";

    /** The version that a change makes. */
    public int next() {
        return version + 1;
    }

    public boolean isWrong(String field) {
        return problem != null && problem.at().equals(field);
    }

    /** Whether the questions are what is wrong, as a whole or one of them. */
    public boolean isQuestionsWrong() {
        return problem != null && !isWrong("guidelines") && !isWrong("note") && !isWrong("version");
    }

    /**
     * What reviewers will see.
     *
     * @param responses how many answers the questions are shown for
     * @param problem why the questions cannot be shown; null where they can
     * @param advice what is unwise about them in this project; null for nothing
     */
    record Preview(String slug, RawString guidelines, List<QuestionView> questions, int responses,
            QuestionsText.Fault problem, String advice) {
        public List<Integer> choices() {
            return List.of(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    /** How much hangs on the version that holds. */
    record Use(int version, long ratings, long leases) {
        public boolean isAny() {
            return ratings > 0 || leases > 0;
        }
    }

    /** One version of the record. */
    record Past(int version, String note, String author, Instant at, int questions, long ratings) {}

    /** A recipe with its questions as JSON. */
    record Start(Recipe recipe, String questions) {}
}
