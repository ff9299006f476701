package dev.ratchet.dataset.export;

import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one walk is over: a project's one side of the split.
 *
 * @param questions by the version of the instructions that asked them
 */
record Scope(long project, String split, ExportRequest request, Map<Integer, Questions> questions) {
    /** The revisions that stand now. */
    private static final String CURRENT = """
            join assignment a on a.task_id = t.id
            join rating r on r.assignment_id = a.id and not r.withdrawn
                 and not exists (select 1 from rating n where n.id = r.id and n.revision > r.revision)
            """;

    /** The revisions that a snapshot was made from. */
    private static final String FROZEN = """
            join assignment a on a.task_id = t.id
            join rating r on r.assignment_id = a.id
            join snapshot_rating f on f.rating_id = r.id and f.revision = r.revision and f.snapshot_id = %d
            """;

    /** Joins ratings {@code r} and their assignments {@code a} to tasks {@code t}. */
    String ratings() {
        return request.snapshot() == null ? CURRENT : FROZEN.formatted(request.snapshot());
    }

    /** What every row ends with: where it comes from, and the policy. */
    Object[] row(Long prompt, String[] ratings, String aggregation, Object... own) {
        Object[] row = new Object[own.length + 6];
        System.arraycopy(own, 0, row, 0, own.length);
        int at = own.length;
        row[at] = split;
        row[at + 1] = prompt;
        row[at + 2] = ratings;
        row[at + 3] = aggregation;
        row[at + 4] = request.ties();
        row[at + 5] = request.disagreement();
        return row;
    }

    /** Versions and names of the questions of a kind, as two lists of equal length. */
    Object[][] named(Class<? extends Question> kind) {
        List<Integer> versions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        questions.forEach((version, asked) -> asked.list().stream().filter(kind::isInstance).forEach(question -> {
            versions.add(version);
            names.add(question.name());
        }));
        return new Object[][] {versions.toArray(Integer[]::new), names.toArray(String[]::new)};
    }
}
