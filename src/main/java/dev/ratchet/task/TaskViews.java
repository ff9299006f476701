package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.Sql;
import dev.ratchet.project.PublishedInstructions;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Shown;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads what a reviewer sees of a task, each in one statement. */
@ApplicationScoped
class TaskViews {
    private static final TypeReference<List<Message>> MESSAGES = new TypeReference<>() {};
    private static final TypeReference<List<Answer>> ANSWERS = new TypeReference<>() {};
    private static final TypeReference<Questions> QUESTIONS = new TypeReference<>() {};
    private static final TypeReference<JsonNode> JSON_NODE = new TypeReference<>() {};

    private final EntityManager entities;
    private final Sql sql;
    private final PublishedInstructions instructions;
    private final ObjectMapper json;

    TaskViews(EntityManager entities, Sql sql, PublishedInstructions instructions, ObjectMapper json) {
        this.entities = entities;
        this.sql = sql;
        this.instructions = instructions;
        this.json = json;
    }

    /** The responses of an assignment in the order in which they are shown, as JSON. */
    private static final String SHOWN = "(select cast(json_agg(json_build_object('responseId', r.id, 'text', r.text)"
            + " order by s.place) as text) from unnest(a.shown) with ordinality as s(id, place)"
            + " join response r on r.id = s.id)";

    private static final String LEASED = """
            select a.id, cast(p.messages as text), %s, a.expires_at, a.instructions_version, t.project_id
              from assignment a
              join task t on t.id = a.task_id
              join prompt p on p.id = t.prompt_id
             where a.task_id = :task and a.account_id = :account""".formatted(SHOWN);

    /** The lease of a task that the reviewer holds. */
    LeasedTask leased(long task, long account) {
        Sql.Exchange exchange = sql.exchange();
        Supplier<LeasedTask> leased = leased(task, account, exchange);
        exchange.run();
        return leased.get();
    }

    /** The lease of a task that the reviewer holds, as an exchange will have read it. */
    Supplier<LeasedTask> leased(long task, long account, Sql.Exchange exchange) {
        Supplier<Optional<Lease>> found = exchange.first(sql.of(LEASED).set("task", task).set("account", account),
                row -> new Lease(row.getObject(1, UUID.class), row.getString(2), row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(), row.getInt(5), row.getLong(6)));
        return () -> {
            Lease lease = found.get().orElseThrow();
            return new LeasedTask(lease.assignment(), task, read(lease.prompt(), MESSAGES),
                    read(lease.responses(), ANSWERS), lease.expiresAt(), lease.instructionsVersion(),
                    instructions.of(lease.project(), lease.instructionsVersion()).questions());
        };
    }

    /** A lease as it is stored, prompt and responses as JSON. */
    private record Lease(
            UUID assignment, String prompt, String responses, Instant expiresAt, int instructionsVersion,
            long project) {}

    /** The texts of responses, in their order. */
    Shown shown(List<Long> responses) {
        Map<Long, String> texts = new HashMap<>();
        entities.createQuery("select r.id, r.text from Response r where r.id in :ids", Object[].class)
                .setParameter("ids", responses)
                .getResultList()
                .forEach(row -> texts.put((Long) row[0], (String) row[1]));
        return new Shown(responses, responses.stream().map(texts::get).toList());
    }

    /** The reviewer's current ratings in a project, newest first. */
    List<MyRating> history(long account, long project, int limit) {
        List<?> rows = entities.createNativeQuery("""
                        select g.id, g.revision, t.id, cast(p.messages as text), %s, cast(i.questions as text),
                               cast(g.answers as text), a.finished_at
                          from assignment a
                          join task t on t.id = a.task_id
                          join prompt p on p.id = t.prompt_id
                          join rating g on g.assignment_id = a.id and not g.withdrawn
                          join instructions i on i.project_id = t.project_id and i.version = g.instructions_version
                         where a.account_id = :account and a.status = 'rated' and t.project_id = :project
                           and not exists (select 1 from rating n where n.id = g.id and n.revision > g.revision)
                         order by a.finished_at desc, a.id
                         limit :limit""".formatted(SHOWN))
                .setParameter("account", account)
                .setParameter("project", project)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(row -> myRating((Object[]) row)).toList();
    }

    private MyRating myRating(Object[] row) {
        return new MyRating((UUID) row[0], ((Number) row[1]).intValue(), ((Number) row[2]).longValue(),
                read(row[3], MESSAGES), read(row[4], ANSWERS), read(row[5], QUESTIONS), read(row[6], JSON_NODE),
                (Instant) row[7]);
    }

    private <T> T read(Object text, TypeReference<T> type) {
        try {
            return json.readValue((String) text, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("What is stored is not what was written", failure);
        }
    }
}
