package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where leads say which task goes to whom, and how a project's queue is mixed. */
@ApplicationScoped
public class RoutingDesk {
    private static final int MOST_ASSIGNEES = 200;

    private final EntityManager entities;

    RoutingDesk(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * What to change of tasks; what is null stays as it is.
     *
     * @param tags languages and skills that its reviewers must have
     * @param accounts logins of those who get the tasks
     * @param groups names of the project's groups that get them; without accounts and groups, everybody does
     */
    public record Change(
            Integer priority, Integer overlap, List<String> tags, List<String> accounts, List<String> groups) {}

    /** The settings of a project's queue. */
    @Transactional
    public RoutingSettings settings(Project project) {
        return Routing.of(project.id);
    }

    /** @throws Problem 422 if a setting is out of its range */
    @Transactional
    public RoutingSettings set(Project project, RoutingSettings wanted) {
        between("goldRate", wanted.goldRate(), 0, 0.5);
        between("calibrationTasks", wanted.calibrationTasks(), 0, 100);
        between("calibrationAccuracy", wanted.calibrationAccuracy(), 0, 1);
        between("randomShare", wanted.randomShare(), 0, 1);
        Project.findById(project.id, LockModeType.PESSIMISTIC_WRITE);
        Routing stored = Routing.findById(project.id);
        Routing routing = stored == null ? new Routing() : stored;
        routing.projectId = project.id;
        routing.goldRate = wanted.goldRate();
        routing.goldFeedback = wanted.goldFeedback();
        routing.calibrationTasks = wanted.calibrationTasks();
        routing.calibrationAccuracy = wanted.calibrationAccuracy();
        routing.randomShare = wanted.randomShare();
        if (stored == null) {
            routing.persist();
        }
        return wanted;
    }

    /**
     * Changes all tasks that a filter finds, or none. A lease that is open keeps its task.
     *
     * @return how many
     * @throws Problem 422 if a value is not valid, or an account or group is not one of the project's
     */
    @Transactional
    public long change(Project project, TaskFilter filter, Change change) {
        check(change);
        List<String> tags = change.tags() == null ? null : TaskTags.of(change.tags(), RoutingDesk::invalid);
        // Locked in one order, so that two leads wait for each other and not for ever.
        List<?> found = filter.bind(project, entities.createNativeQuery(
                "select t.id from task t where " + filter.where() + " order by t.id for no key update of t"))
                .getResultList();
        if (found.isEmpty()) {
            return 0;
        }
        Long[] tasks = found.stream().map(id -> ((Number) id).longValue()).toArray(Long[]::new);
        if (change.priority() != null) {
            update("update task set priority = :value where id = any(:tasks)", tasks, change.priority());
        }
        if (change.overlap() != null) {
            // What is complete and what is not follows from the new number.
            update("""
                    update task t set overlap = :value,
                           status = case when t.purpose = 'rating' and :value <= (select count(*) from assignment a
                                          where a.task_id = t.id and a.status = 'rated') then 'complete' else 'open' end
                     where t.id = any(:tasks)""", tasks, change.overlap());
        }
        if (tags != null) {
            update("update task set tags = :value where id = any(:tasks)", tasks, tags.toArray(String[]::new));
        }
        if (change.accounts() != null || change.groups() != null) {
            assign(project, tasks, change.accounts() == null ? List.of() : change.accounts(),
                    change.groups() == null ? List.of() : change.groups());
        }
        return tasks.length;
    }

    private void assign(Project project, Long[] tasks, List<String> logins, List<String> groups) {
        List<Long> accounts = ids(logins, "account", """
                select a.login, a.id from account a join project p on p.id = :project
                 where a.login in (:names) and (p.open or a.role = 'administrator' or exists
                       (select 1 from project_member m where m.project_id = p.id and m.account_id = a.id))""", project);
        List<Long> groupIds = ids(groups, "group",
                "select g.name, g.id from reviewer_group g where g.project_id = :project and g.name in (:names)",
                project);
        for (String table : List.of("task_account", "task_group")) {
            entities.createNativeQuery("delete from " + table + " where task_id = any(:tasks)")
                    .setParameter("tasks", tasks).executeUpdate();
        }
        update("update task set assigned = :value where id = any(:tasks)", tasks,
                !accounts.isEmpty() || !groupIds.isEmpty());
        if (!accounts.isEmpty()) {
            update("insert into task_account select t.id, a.id from task t, account a where t.id = any(:tasks)"
                    + " and a.id = any(:value)", tasks, accounts.toArray(Long[]::new));
        }
        if (!groupIds.isEmpty()) {
            update("insert into task_group select t.id, g.id from task t, reviewer_group g where t.id = any(:tasks)"
                    + " and g.id = any(:value)", tasks, groupIds.toArray(Long[]::new));
        }
    }

    private List<Long> ids(List<String> names, String what, String sql, Project project) {
        List<String> wanted = names.stream().map(name -> name == null ? "" : name.strip()).distinct().toList();
        if (wanted.size() > MOST_ASSIGNEES
                || wanted.stream().anyMatch(name -> name.isEmpty() || name.indexOf('\0') >= 0)) {
            throw invalid(what + "s must be at most " + MOST_ASSIGNEES + " names");
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<?> rows = entities.createNativeQuery(sql).setParameter("project", project.id)
                .setParameter("names", wanted).getResultList();
        List<String> missing = new ArrayList<>(wanted);
        rows.forEach(row -> missing.remove((String) ((Object[]) row)[0]));
        if (!missing.isEmpty()) {
            throw invalid("the project has no " + what + " named " + missing.get(0));
        }
        return rows.stream().map(row -> ((Number) ((Object[]) row)[1]).longValue()).toList();
    }

    private void update(String sql, Long[] tasks, Object value) {
        entities.createNativeQuery(sql).setParameter("tasks", tasks).setParameter("value", value).executeUpdate();
    }

    private static void check(Change change) {
        if (change.priority() != null && Math.abs((long) change.priority()) > Tasks.MAX_PRIORITY) {
            throw invalid("priority must be at most " + Tasks.MAX_PRIORITY + " from 0");
        }
        if (change.overlap() != null && (change.overlap() < 1 || change.overlap() > Tasks.MAX_OVERLAP)) {
            throw invalid("overlap must be 1 to " + Tasks.MAX_OVERLAP);
        }
    }

    private static Problem invalid(String rule) {
        return Problem.unprocessable("invalid-change", "The tasks cannot be changed so",
                "Nothing was changed: " + rule + ".");
    }

    private static void between(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw Problem.unprocessable("invalid-settings", "The settings are not valid",
                    String.format(Locale.ROOT, "%s must be %s to %s, and is %s", field, low, high, value));
        }
    }
}
