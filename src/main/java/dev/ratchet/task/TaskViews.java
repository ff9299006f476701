package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Reads what a reviewer sees of a task, each in one statement. */
@ApplicationScoped
class TaskViews {
    private static final TypeReference<List<Message>> MESSAGES = new TypeReference<>() {};

    private final EntityManager entities;
    private final ObjectMapper json;

    TaskViews(EntityManager entities, ObjectMapper json) {
        this.entities = entities;
        this.json = json;
    }

    /** The lease of a task that the reviewer holds. */
    LeasedTask leased(long task, long account) {
        Object[] row = (Object[]) entities.createNativeQuery("""
                        select a.id, cast(p.messages as text), l.id, l.text, r.id, r.text, a.expires_at,
                               a.guidelines_version
                          from assignment a
                          join task t on t.id = a.task_id
                          join prompt p on p.id = t.prompt_id
                          join response l on l.id = a.left_response_id
                          join response r on r.id = a.right_response_id
                         where a.task_id = :task and a.account_id = :account""")
                .setParameter("task", task)
                .setParameter("account", account)
                .getSingleResult();
        return new LeasedTask((UUID) row[0], task, messages(row[1]), answer(row[2], row[3]), answer(row[4], row[5]),
                (Instant) row[6], ((Number) row[7]).intValue());
    }

    /** The reviewer's current ratings in a project, newest first. */
    List<MyRating> history(long account, long project, int limit) {
        List<?> rows = entities.createNativeQuery("""
                        select g.id, g.revision, t.id, cast(p.messages as text), l.id, l.text, r.id, r.text,
                               g.verdict, g.strength, g.comment, a.finished_at
                          from assignment a
                          join task t on t.id = a.task_id
                          join prompt p on p.id = t.prompt_id
                          join response l on l.id = a.left_response_id
                          join response r on r.id = a.right_response_id
                          join rating g on g.assignment_id = a.id and g.verdict <> 'withdrawn'
                         where a.account_id = :account and a.status = 'rated' and t.project_id = :project
                           and not exists (select 1 from rating n where n.id = g.id and n.revision > g.revision)
                         order by a.finished_at desc, a.id
                         limit :limit""")
                .setParameter("account", account)
                .setParameter("project", project)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(row -> myRating((Object[]) row)).toList();
    }

    private MyRating myRating(Object[] row) {
        return new MyRating((UUID) row[0], ((Number) row[1]).intValue(), ((Number) row[2]).longValue(),
                messages(row[3]), answer(row[4], row[5]), answer(row[6], row[7]),
                Verdict.of((String) row[8]).orElseThrow(), row[9] == null ? null : ((Number) row[9]).intValue(),
                (String) row[10], (Instant) row[11]);
    }

    private List<Message> messages(Object text) {
        try {
            return json.readValue((String) text, MESSAGES);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A stored prompt is not a list of messages", failure);
        }
    }

    private static Answer answer(Object id, Object text) {
        return new Answer(((Number) id).longValue(), (String) text);
    }
}
