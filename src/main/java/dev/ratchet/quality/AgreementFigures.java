package dev.ratchet.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How far reviewers agree: by question and version of the instructions, and for one question over time and by pairs.
 *
 * @param question name of the {@link Measure} that is drawn over time; null where no question has a scale
 * @param version of the instructions that the drawn question is answered by
 * @param rows newest version first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AgreementFigures(String question, Integer version, List<Row> rows, List<Point> overTime,
        List<Pair> pairs) {

    /**
     * One scale in one version of the instructions.
     *
     * @param level of measurement: nominal, ordinal or interval
     * @param units tasks, or responses of tasks, with two ratings or more
     * @param alpha Krippendorff's, at that level
     * @param fleiss Fleiss' kappa of categories
     * @param cohen mean of Cohen's kappas of all pairs of reviewers (Light 1971), without an interval
     */
    public record Row(String question, String title, String level, int version, int units, int reviewers, int ratings,
            Estimate alpha, Estimate fleiss, Estimate cohen) {}

    /** Alpha of the tasks whose last rating came in a day, week or month. */
    public record Point(LocalDate day, int units, Estimate alpha) {}

    /** Cohen's kappa of two reviewers. */
    public record Pair(Reviewer first, Reviewer second, int units, Estimate kappa) {}

    /** The row of the drawn question. */
    public Optional<Row> drawn() {
        return rows.stream().filter(row -> row.question().equals(question) && row.version() == version).findFirst();
    }
}
