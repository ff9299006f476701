package dev.ratchet.task;

import dev.ratchet.feedback.Outbox;
import dev.ratchet.feedback.RatingEvent;
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
    private final Outbox outbox;
    private final Clock clock;

    RatingLog(EntityManager entities, Outbox outbox, Clock clock) {
        this.entities = entities;
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
        return one("select * from rating r where assignment_id = :key and verdict <> 'withdrawn' and not exists"
                + " (select 1 from rating n where n.id = r.id and n.revision > r.revision)", assignment);
    }

    /**
     * Adds a revision and its event.
     *
     * @param held the rating's assignment, locked
     * @param reviewer pseudonym of who rates
     * @return what was stored; empty if the id and revision are taken, and then nothing was changed
     */
    Optional<Rated> append(
            Queue.Held held, UUID reviewer, UUID rating, int revision, Judgement judgement, long activeMillis) {
        // What the database keeps: an answer now and the same answer read later must agree.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int stored = entities.createNativeQuery("""
                        insert into rating (id, revision, assignment_id, task_id, account_id, verdict, strength,
                                            comment, active_millis, guidelines_version, created_at)
                        values (:id, :revision, :assignment, :task, :account, :verdict, cast(:strength as int),
                                cast(:comment as text), :millis, :guidelines, :now)
                        on conflict (id, revision) do nothing""")
                .setParameter("id", rating)
                .setParameter("revision", revision)
                .setParameter("assignment", held.assignment())
                .setParameter("task", held.task())
                .setParameter("account", held.account())
                .setParameter("verdict", judgement.verdict().code())
                .setParameter("strength", judgement.strength())
                .setParameter("comment", judgement.comment())
                .setParameter("millis", activeMillis)
                .setParameter("guidelines", held.guidelinesVersion())
                .setParameter("now", now)
                .executeUpdate();
        if (stored == 0) {
            return Optional.empty();
        }
        Integer strength = judgement.strength();
        boolean leftPreferred = strength != null && strength < 0;
        outbox.append(RatingEvent.TOPIC, Long.toString(held.task()), RatingEvent.TYPE, new RatingEvent(
                rating, revision, held.project(), held.task(), reviewer, judgement.verdict().code(),
                strength == null ? null : leftPreferred ? held.left() : held.right(),
                strength == null ? null : leftPreferred ? held.right() : held.left(),
                strength == null ? null : Math.abs(strength), held.guidelinesVersion(), now));
        return Optional.of(new Rated(
                rating, revision, held.task(), judgement.verdict(), strength, judgement.comment(), now));
    }

    private Optional<Rating> one(String sql, UUID key) {
        List<?> rows = entities.createNativeQuery(sql, Rating.class).setParameter("key", key).getResultList();
        return rows.stream().map(Rating.class::cast).findFirst();
    }
}
