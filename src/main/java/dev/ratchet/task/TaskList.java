package dev.ratchet.task;

import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A project's tasks as its leads see them. */
@ApplicationScoped
public class TaskList {
    private static final int EXCERPT = 160;

    private final EntityManager entities;

    TaskList(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * A task with where it stands.
     *
     * @param asked the start of the prompt's last turn
     * @param ratings how many reviewers rated it
     * @param leases how many hold it now or did
     * @param accounts logins of those that it is assigned to
     * @param groups names of the groups that it is assigned to
     * @param assigned whether only those get it
     * @param selection random or active; null while no reward model has scored it
     * @param score how unsure reward models are of it, in bits; null while none has scored it
     */
    public record Row(
            long id,
            String asked,
            int overlap,
            int priority,
            String status,
            String purpose,
            List<String> tags,
            boolean assigned,
            List<String> accounts,
            List<String> groups,
            long ratings,
            long leases,
            String selection,
            Double score,
            Instant createdAt) {

        /** Whether nobody is left who could be given it. */
        public boolean lost() {
            return assigned && accounts.isEmpty() && groups.isEmpty();
        }

        public boolean check() {
            return !purpose.equals(Task.RATING);
        }
    }

    /** Tasks in the order of their ids, after one, at most {@code limit}. */
    @Transactional
    public List<Row> list(Project project, TaskFilter filter, long after, int limit) {
        List<?> rows = filter.bind(project, entities.createNativeQuery("""
                        select t.id, left(p.messages -> -1 ->> 'content', :excerpt), t.overlap, t.priority, t.status,
                               t.purpose, array_to_string(t.tags, ' '), t.assigned,
                               (select string_agg(a.login, chr(10) order by a.login)
                                  from task_account x join account a on a.id = x.account_id where x.task_id = t.id),
                               (select string_agg(g.name, chr(10) order by g.name)
                                  from task_group x join reviewer_group g on g.id = x.group_id where x.task_id = t.id),
                               (select count(*) from assignment a where a.task_id = t.id and a.status = 'rated'),
                               (select count(*) from assignment a where a.task_id = t.id and a.status = 'leased'),
                               t.selection, t.selection_score, t.created_at
                          from task t join prompt p on p.id = t.prompt_id
                         where %s and t.id > :after
                         order by t.id
                         limit :limit""".formatted(filter.where())))
                .setParameter("excerpt", EXCERPT)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(row -> row((Object[]) row)).toList();
    }

    /** How many tasks a filter finds. */
    @Transactional
    public long count(Project project, TaskFilter filter) {
        return ((Number) filter.bind(project,
                entities.createNativeQuery("select count(*) from task t where " + filter.where())).getSingleResult())
                .longValue();
    }

    /** The tags that the project's tasks have. */
    @Transactional
    public List<String> tags(Project project) {
        List<?> tags = entities.createNativeQuery(
                        "select distinct unnest(tags) as tag from task where project_id = :project order by tag"
                                + " limit 200")
                .setParameter("project", project.id)
                .getResultList();
        return tags.stream().map(String.class::cast).toList();
    }

    private static Row row(Object[] row) {
        return new Row(((Number) row[0]).longValue(), (String) row[1], ((Number) row[2]).intValue(),
                ((Number) row[3]).intValue(), (String) row[4], (String) row[5], words(row[6], " "), (Boolean) row[7],
                words(row[8], "\n"), words(row[9], "\n"), ((Number) row[10]).longValue(),
                ((Number) row[11]).longValue(), (String) row[12], (Double) row[13], (Instant) row[14]);
    }

    private static List<String> words(Object text, String between) {
        return text == null || ((String) text).isEmpty() ? List.of() : Arrays.asList(((String) text).split(between));
    }
}
