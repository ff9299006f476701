package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Ranking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/** Makes tasks of prompts and their responses. */
@ApplicationScoped
public class Tasks {
    /** Most tasks of one call. */
    public static final int MAX_TASKS = 50_000;

    static final int MAX_OVERLAP = 50;
    static final int MAX_PRIORITY = 1_000_000;

    private static final String RESPONSES = "select r.id, r.prompt_id, p.project_id from response r"
            + " join prompt p on p.id = r.prompt_id where r.id = any(?)";

    private static final String INSERT_TASKS = """
            insert into task (project_id, prompt_id, overlap, priority, tags, status, created_at, import_id)
            select ?, n.prompt, n.overlap, n.priority,
                   case when n.tags = '' then p.tags else string_to_array(n.tags, ' ') end, 'open', ?, ?
              from unnest(?::bigint[], ?::int[], ?::int[], ?::text[])
                   with ordinality as n(prompt, overlap, priority, tags, place)
              join prompt p on p.id = n.prompt
             order by n.place
            returning id""";

    private static final String INSERT_RESPONSES = """
            insert into task_response (task_id, position, response_id)
            select n.task, n.position, n.response
              from unnest(?::bigint[], ?::int[], ?::bigint[]) as n(task, position, response)""";

    private final DataSource database;
    private final Clock clock;

    Tasks(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes one task; see {@link #create(Project, List)}. */
    @Transactional
    public Task create(Project project, long promptId, List<Long> responseIds, int overlap, int priority) {
        return Task.findById(create(project, List.of(new NewTask(promptId, responseIds, overlap, priority))).get(0));
    }

    /**
     * Makes all of the tasks, or none if one of them is not valid.
     *
     * @return their ids, in the order given
     * @throws Problem 422 if a task has not 1 to 8 different responses, one of them answers another prompt, the prompt
     *     is another project's, or overlap or priority is out of range, or a tag is no word; says which
     */
    @Transactional
    public List<Long> create(Project project, List<NewTask> tasks) {
        return create(project, null, tasks);
    }

    /**
     * The same for tasks that an import brings.
     *
     * @param importId the import, which can be taken back; null where there is none
     */
    @Transactional
    public List<Long> create(Project project, Long importId, List<NewTask> tasks) {
        if (tasks.size() > MAX_TASKS) {
            throw Problem.unprocessable("too-many-tasks", "Too many tasks at once",
                    "Send at most " + MAX_TASKS + " tasks in one call, not " + tasks.size() + ".");
        }
        if (tasks.isEmpty()) {
            return List.of();
        }
        boolean two = Instructions.current(project).questions.list().stream()
                .anyMatch(question -> question instanceof Preference && question.required());
        for (int place = 0; place < tasks.size(); place++) {
            checkShape(place, tasks.get(place));
            if (two && tasks.get(place).responseIds().size() != 2) {
                throw invalid(place, "the project asks which of two responses is better, so responseIds must be two");
            }
        }
        try (Connection connection = database.getConnection()) {
            checkResponses(connection, project, tasks);
            return insert(connection, project, importId, tasks);
        } catch (SQLException failure) {
            throw new IllegalStateException("The tasks cannot be stored", failure);
        }
    }

    private static void checkShape(int place, NewTask task) {
        if (task == null) {
            throw invalid(place, "must not be null");
        }
        List<Long> responses = task.responseIds();
        if (responses == null || responses.isEmpty() || responses.size() > Ranking.MOST
                || responses.stream().anyMatch(Objects::isNull)
                || responses.stream().distinct().count() != responses.size()) {
            throw invalid(place, "responseIds must be 1 to " + Ranking.MOST + " different responses");
        }
        if (task.overlap() < 1 || task.overlap() > MAX_OVERLAP) {
            throw invalid(place, "overlap must be 1 to " + MAX_OVERLAP + ", and is " + task.overlap());
        }
        if (Math.abs((long) task.priority()) > MAX_PRIORITY) {
            throw invalid(place, "priority must be at most " + MAX_PRIORITY + " from 0, and is " + task.priority());
        }
    }

    private static void checkResponses(Connection connection, Project project, List<NewTask> tasks)
            throws SQLException {
        Map<Long, long[]> promptAndProject = new HashMap<>();
        Object[] wanted = tasks.stream().flatMap(task -> task.responseIds().stream()).distinct().toArray();
        try (PreparedStatement select = connection.prepareStatement(RESPONSES)) {
            select.setArray(1, connection.createArrayOf("bigint", wanted));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    promptAndProject.put(found.getLong(1), new long[] {found.getLong(2), found.getLong(3)});
                }
            }
        }
        for (int place = 0; place < tasks.size(); place++) {
            for (Long response : tasks.get(place).responseIds()) {
                long[] owner = promptAndProject.get(response);
                if (owner == null || owner[0] != tasks.get(place).promptId() || owner[1] != project.id) {
                    throw invalid(place, "response " + response + " is not an answer to prompt "
                            + tasks.get(place).promptId() + " of project " + project.slug);
                }
            }
        }
    }

    private List<Long> insert(Connection connection, Project project, Long importId, List<NewTask> tasks)
            throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int place = 0; place < tasks.size(); place++) {
            int at = place;
            words.add(String.join(" ", TaskTags.of(tasks.get(place).tags(), rule -> invalid(at, rule))));
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT_TASKS)) {
            insert.setLong(1, project.id);
            insert.setTimestamp(2, Timestamp.from(clock.instant()));
            insert.setObject(3, importId, Types.BIGINT);
            insert.setArray(4, connection.createArrayOf("bigint", tasks.stream().map(NewTask::promptId).toArray()));
            insert.setArray(5, connection.createArrayOf("int", tasks.stream().map(NewTask::overlap).toArray()));
            insert.setArray(6, connection.createArrayOf("int", tasks.stream().map(NewTask::priority).toArray()));
            insert.setArray(7, connection.createArrayOf("text", words.toArray()));
            try (ResultSet inserted = insert.executeQuery()) {
                while (inserted.next()) {
                    ids.add(inserted.getLong(1));
                }
            }
        }
        List<Long> owners = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<Long> responses = new ArrayList<>();
        for (int place = 0; place < tasks.size(); place++) {
            for (int position = 0; position < tasks.get(place).responseIds().size(); position++) {
                owners.add(ids.get(place));
                positions.add(position);
                responses.add(tasks.get(place).responseIds().get(position));
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT_RESPONSES)) {
            insert.setArray(1, connection.createArrayOf("bigint", owners.toArray()));
            insert.setArray(2, connection.createArrayOf("int", positions.toArray()));
            insert.setArray(3, connection.createArrayOf("bigint", responses.toArray()));
            insert.executeUpdate();
        }
        return ids;
    }

    private static Problem invalid(int place, String rule) {
        return Problem.unprocessable("invalid-task", "A task is not valid",
                "Nothing was made: tasks[" + place + "]: " + rule + ".");
    }
}
