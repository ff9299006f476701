package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.feedback.Outbox;
import dev.ratchet.feedback.RatingEvent;
import dev.ratchet.platform.Sql;
import dev.ratchet.question.Comparison;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The append-only revisions of ratings; each one goes to the outbox in the same transaction. */
@ApplicationScoped
class RatingLog {
    private final EntityManager entities;
    private final Sql sql;
    private final Outbox outbox;
    private final Clock clock;

    RatingLog(EntityManager entities, Sql sql, Outbox outbox, Clock clock) {
        this.entities = entities;
        this.sql = sql;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The first revision of a rating; empty if the id is free. */
    Optional<Rating> first(UUID rating) {
        return one("select * from rating where id = :key and revision = 1", rating);
    }

    /** The newest revision of a rating; empty if the id is free. */
    Optional<Rating> newest(UUID rating) {
        return one("select * from rating where id = :key order by revision desc limit 1", rating);
    }

    /** The newest revision of the rating that stands for an assignment; empty if there is none, or it was withdrawn. */
    Optional<Rating> current(UUID assignment) {
        return one("select * from rating r where assignment_id = :key and not withdrawn and not exists"
                + " (select 1 from rating n where n.id = r.id and n.revision > r.revision)", assignment);
    }

    /**
     * Adds a revision and its event.
     *
     * @param held the rating's assignment, locked
     * @param reviewer pseudonym of who rates
     * @param instructionsVersion the version that the answers are to
     * @param comparisons what the answers say of which response is better
     * @return what was stored; empty if the id and revision are taken, and then nothing was changed
     */
    Optional<Rated> append(Queue.Held held, UUID reviewer, UUID rating, int revision, JsonNode answers,
            List<Comparison> comparisons, int instructionsVersion, long activeMillis) {
        return append(held, reviewer, rating, revision, false, answers, comparisons, instructionsVersion, activeMillis);
    }

    /** Adds the revision that takes a rating back. */
    void withdraw(Queue.Held held, UUID reviewer, Rating rating) {
        append(held, reviewer, rating.id, rating.revision + 1, true, JsonNodeFactory.instance.objectNode(), List.of(),
                rating.instructionsVersion, rating.activeMillis).orElseThrow();
    }

    private Optional<Rated> append(Queue.Held held, UUID reviewer, UUID rating, int revision, boolean withdrawn,
            JsonNode answers, List<Comparison> comparisons, int instructionsVersion, long activeMillis) {
        // What the database keeps: an answer now and the same answer read later must agree.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int stored = sql.of("""
                        insert into rating (id, revision, assignment_id, task_id, account_id, answers, withdrawn,
                                            active_millis, instructions_version, created_at)
                        values (:id, :revision, :assignment, :task, :account, cast(:answers as jsonb), :withdrawn,
                                :millis, :instructions, :now)
                        on conflict (id, revision) do nothing""")
                .set("id", rating)
                .set("revision", revision)
                .set("assignment", held.assignment())
                .set("task", held.task())
                .set("account", held.account())
                .set("answers", answers.toString())
                .set("withdrawn", withdrawn)
                .set("millis", activeMillis)
                .set("instructions", instructionsVersion)
                .set("now", now)
                .update();
        if (stored == 0) {
            return Optional.empty();
        }
        send(new RatingEvent(rating, revision, held.project(), held.task(), reviewer, withdrawn,
                compared(comparisons), instructionsVersion, now));
        return Optional.of(new Rated(rating, revision, held.task(), answers, now));
    }

    /** Sends an event in the caller's transaction, which holds the row of its task. */
    void send(RatingEvent event) {
        outbox.append(RatingEvent.TOPIC, Long.toString(event.taskId()), RatingEvent.TYPE, event);
    }

    /** What the stream says of comparisons. */
    static List<RatingEvent.Compared> compared(List<Comparison> said) {
        return said.stream().map(RatingLog::compared).toList();
    }

    /** The stream names the smaller id first, so that the order in which they were shown does not matter there. */
    private static RatingEvent.Compared compared(Comparison said) {
        return said.first() < said.second()
                ? new RatingEvent.Compared(said.first(), said.second(), said.strength(), said.bothBad())
                : new RatingEvent.Compared(said.second(), said.first(), -said.strength(), said.bothBad());
    }

    private Optional<Rating> one(String sql, UUID key) {
        List<?> rows = entities.createNativeQuery(sql, Rating.class).setParameter("key", key).getResultList();
        return rows.stream().map(Rating.class::cast).findFirst();
    }
}
