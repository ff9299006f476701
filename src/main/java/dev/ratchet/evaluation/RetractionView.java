package dev.ratchet.evaluation;

import dev.ratchet.project.ProjectHead;
import java.time.Instant;
import java.util.List;

/** What the pages of retractions show. */
final class RetractionView {
    private RetractionView() {}

    /** All retractions of a project, and whose ratings could be retracted. */
    record All(ProjectHead head, List<Row> rows, List<Whose> reviewers) {}

    /**
     * One retraction in a list.
     *
     * @param all whether it took out all ratings of the reviewer
     */
    record Row(long id, String reviewer, boolean all, long ratings, String reason, String author, Instant createdAt) {}

    /** A reviewer with the number of ratings that count. */
    record Whose(long accountId, String name, long ratings) {}

    /**
     * What a retraction would do.
     *
     * @param field name of the form's field that says what is retracted
     * @param key its value
     * @param problem what was wrong with the form; null when nothing was
     */
    record Preview(
            ProjectHead head, String reviewer, boolean all, String field, String key, RetractionEffects.Effect effect,
            String reason, String problem) {}

    /** What a retraction did. */
    record Done(ProjectHead head, Row row, boolean reopened, RetractionEffects.Effect effect) {}
}
