package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The right answers to a check, as a rating of its responses in the order of their positions would give them. */
@Entity
public class GoldAnswer extends PanacheEntityBase {
    @Id
    public Long taskId;

    @JdbcTypeCode(SqlTypes.JSON)
    public JsonNode answers;

    /** Why they are right; empty for none. */
    public String explanation;

    public Long authorId;
    public Instant createdAt;
}
