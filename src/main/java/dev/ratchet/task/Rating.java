package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

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
    /** By the question's name; what a withdrawn revision had answered stays in the revision before it. */
    @JdbcTypeCode(SqlTypes.JSON)
    public JsonNode answers;

    public boolean withdrawn;
    public long activeMillis;
    /** The version of guidelines and questions that it answers. */
    public int instructionsVersion;
    public Instant createdAt;

    /** Identity of a revision. */
    public record Key(UUID id, int revision) {}
}
