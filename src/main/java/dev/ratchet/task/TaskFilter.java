package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which of a project's tasks are meant; what is null does not matter.
 *
 * @param tasks their ids
 * @param tag a tag that they have
 * @param status open or complete
 * @param purpose rating, gold or calibration
 * @param assigned whether they are assigned to somebody
 * @param text what stands in their prompt
 */
public record TaskFilter(
        List<Long> tasks, String tag, String status, String purpose, Boolean assigned, String text) {
    /** All tasks of a project. */
    public static final TaskFilter ALL = new TaskFilter(null, null, null, null, null, null);

    private static final int LONGEST_TEXT = 200;

    /** @throws Problem 422 if a value cannot be one of a task */
    public TaskFilter {
        one("status", status, Set.of(Task.OPEN, Task.COMPLETE));
        one("purpose", purpose, Set.of(Task.RATING, Task.GOLD, Task.CALIBRATION));
        if (tasks != null && (tasks.size() > Tasks.MAX_TASKS || tasks.stream().anyMatch(Objects::isNull))) {
            throw invalid("tasks must be at most " + Tasks.MAX_TASKS + " ids");
        }
        tag = tag == null ? null : TaskTags.of(List.of(tag), TaskFilter::invalid).get(0);
        if (text != null && (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0)) {
            throw invalid("text must be at most " + LONGEST_TEXT + " characters without NUL");
        }
    }

    /** The condition on a task {@code t}; its values come by {@link #bind}. */
    String where() {
        return "t.project_id = :project"
                + (tasks == null ? "" : " and t.id = any(:ids)")
                + (tag == null ? "" : " and :tag = any(t.tags)")
                + (status == null ? "" : " and t.status = :status")
                + (purpose == null ? "" : " and t.purpose = :purpose")
                + (assigned == null ? "" : " and t.assigned = :assigned")
                + (text == null ? "" : " and exists (select 1 from prompt q where q.id = t.prompt_id"
                        + " and strpos(lower(cast(q.messages as text)), lower(:text)) > 0)");
    }

    Query bind(Project project, Query query) {
        query.setParameter("project", project.id);
        if (tasks != null) {
            query.setParameter("ids", tasks.toArray(Long[]::new));
        }
        if (tag != null) {
            query.setParameter("tag", tag);
        }
        if (status != null) {
            query.setParameter("status", status);
        }
        if (purpose != null) {
            query.setParameter("purpose", purpose);
        }
        if (assigned != null) {
            query.setParameter("assigned", assigned);
        }
        if (text != null) {
            query.setParameter("text", text);
        }
        return query;
    }

    private static void one(String field, String value, Set<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            throw invalid(field + " must be one of " + allowed.stream().sorted().toList());
        }
    }

    private static Problem invalid(String rule) {
        return Problem.unprocessable("invalid-filter", "The filter is not valid", rule + ".");
    }
}
