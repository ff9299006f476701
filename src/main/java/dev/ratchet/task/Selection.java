package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.project.Project;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Puts the open tasks into the order of what there is to learn from them: where reward models disagree or are unsure
 * comes first, with a share at random between.
 */
@ApplicationScoped
public class Selection {
    /** Tasks that are locked at once: a reviewer who asks meanwhile is given one of the others. */
    private static final int BATCH = 100;

    private static final int NEWEST_MODELS = 5;

    private final EntityManager entities;
    private final ObjectMapper json;
    private final Random random = new SecureRandom();

    Selection(EntityManager entities, ObjectMapper json) {
        this.entities = entities;
        this.json = json;
    }

    /** Tasks of at least two responses that wait for ratings, those that are next first, at most {@code limit}. */
    @Transactional
    public List<OpenTask> open(Project project, int limit) {
        List<?> rows = entities.createNativeQuery("""
                        select t.id, cast(p.messages as text),
                               (select cast(json_agg(json_build_object('responseId', r.id, 'text', r.text)
                                                     order by s.position) as text)
                                  from task_response s join response r on r.id = s.response_id where s.task_id = t.id)
                          from task t join prompt p on p.id = t.prompt_id
                         where t.project_id = :project and t.status = 'open' and t.purpose = 'rating'
                           and exists (select 1 from task_response s where s.task_id = t.id and s.position = 1)
                         order by t.priority desc, t.selection_rank, t.id
                         limit :limit""")
                .setParameter("project", project.id)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(Object[].class::cast)
                .map(row -> new OpenTask(((Number) row[0]).longValue(), read(row[1], new TypeReference<>() {}),
                        read(row[2], new TypeReference<>() {})))
                .toList();
    }

    /** Stores what a reward model says of tasks, and orders the project's open tasks anew. */
    public void publish(Project project, long version, List<TaskRewards> tasks) {
        for (int from = 0; from < tasks.size(); from += BATCH) {
            List<TaskRewards> batch = tasks.subList(from, Math.min(tasks.size(), from + BATCH));
            QuarkusTransaction.requiringNew().run(() -> store(project, version, batch));
        }
        order(project);
    }

    /** Orders the project's open tasks by what reward models have said of them. */
    public void order(Project project) {
        List<SelectionOrder.Scored> order = QuarkusTransaction.requiringNew().call(() -> SelectionOrder.of(
                scored(project), Routing.of(project.id).randomShare(), random));
        for (int from = 0; from < order.size(); from += BATCH) {
            int start = from;
            List<SelectionOrder.Scored> batch = order.subList(from, Math.min(order.size(), from + BATCH));
            QuarkusTransaction.requiringNew().run(() -> place(batch, start));
        }
    }

    private void store(Project project, long version, List<TaskRewards> tasks) {
        List<Long> ids = new ArrayList<>();
        List<Long> responses = new ArrayList<>();
        List<Double> rewards = new ArrayList<>();
        tasks.forEach(task -> task.rewards().forEach((response, reward) -> {
            ids.add(task.taskId());
            responses.add(response);
            rewards.add(reward);
        }));
        // Only what is a response of the project's task: the worker's file is read as a stranger's.
        entities.createNativeQuery("""
                        insert into task_score (task_id, version_id, response_id, reward)
                        select n.task, :version, n.response, n.reward
                          from unnest(cast(:tasks as bigint[]), cast(:responses as bigint[]),
                                      cast(:rewards as double precision[])) as n(task, response, reward)
                          join task t on t.id = n.task and t.project_id = :project
                          join task_response s on s.task_id = n.task and s.response_id = n.response
                        on conflict (task_id, version_id, response_id) do update set reward = excluded.reward""")
                .setParameter("version", version)
                .setParameter("project", project.id)
                .setParameter("tasks", ids.toArray(Long[]::new))
                .setParameter("responses", responses.toArray(Long[]::new))
                .setParameter("rewards", rewards.toArray(Double[]::new))
                .executeUpdate();
    }

    /** The open tasks that every one of the newest models that scored them scored whole. */
    private List<SelectionOrder.Scored> scored(Project project) {
        List<?> rows = entities.createNativeQuery("""
                        select c.task_id, c.version_id, c.response_id, c.reward, t.selection
                          from task_score c join task t on t.id = c.task_id
                         where t.project_id = :project and t.status = 'open' and t.purpose = 'rating'
                           and c.version_id in (select v.id from model_version v
                                                 where v.project_id = :project and v.kind = 'reward'
                                                 order by v.id desc limit :models)
                         order by c.task_id, c.version_id, c.response_id""")
                .setParameter("project", project.id)
                .setParameter("models", NEWEST_MODELS)
                .getResultList();
        Map<Long, Map<Long, Map<Long, Double>>> rewards = new LinkedHashMap<>();
        Map<Long, String> selections = new HashMap<>();
        for (Object found : rows) {
            Object[] row = (Object[]) found;
            long task = ((Number) row[0]).longValue();
            rewards.computeIfAbsent(task, id -> new LinkedHashMap<>())
                    .computeIfAbsent(((Number) row[1]).longValue(), id -> new LinkedHashMap<>())
                    .put(((Number) row[2]).longValue(), (Double) row[3]);
            selections.put(task, (String) row[4]);
        }
        return rewards.entrySet().stream()
                .map(task -> new SelectionOrder.Scored(
                        task.getKey(), Doubt.of(task.getValue().values()).total(), selections.get(task.getKey())))
                .toList();
    }

    private void place(List<SelectionOrder.Scored> batch, int start) {
        Long[] tasks = batch.stream().map(SelectionOrder.Scored::task).toArray(Long[]::new);
        // Locked in one order, so that who else locks several waits and never for ever.
        entities.createNativeQuery("select id from task where id = any(:tasks) order by id for no key update")
                .setParameter("tasks", tasks).getResultList();
        entities.createNativeQuery("""
                        update task t set selection = n.selection, selection_score = n.score,
                               selection_rank = :start + cast(n.place as int)
                          from unnest(cast(:tasks as bigint[]), cast(:selections as text[]),
                                      cast(:scores as double precision[])) with ordinality
                               as n(task, selection, score, place)
                         where t.id = n.task""")
                .setParameter("start", start)
                .setParameter("tasks", tasks)
                .setParameter("selections", batch.stream().map(SelectionOrder.Scored::selection).toArray(String[]::new))
                .setParameter("scores", batch.stream().map(SelectionOrder.Scored::score).toArray(Double[]::new))
                .executeUpdate();
    }

    private <T> T read(Object text, TypeReference<T> type) {
        try {
            return json.readValue((String) text, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("What is stored is not what was written", failure);
        }
    }
}
