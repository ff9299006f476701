package dev.ratchet.task;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;

/** One revision of what a reviewer said; append-only: an edit or an undo is a new revision. */
@Entity
@IdClass(Rating.Key.class)
public class Rating extends PanacheEntityBase {
    @Id
    public UUID id;

    @Id
    public int revision;

    public UUID assignmentId;
    public Long taskId;
    public Long accountId;
    /** A {@link Verdict#code()}. */
    public String verdict;
    /** -3 (left much better) to 3 (right much better), never 0; null unless the verdict is a preference. */
    public Integer strength;
    public String comment;
    public long activeMillis;
    public int guidelinesVersion;
    public Instant createdAt;

    /** Identity of a revision. */
    public record Key(UUID id, int revision) {}
}
