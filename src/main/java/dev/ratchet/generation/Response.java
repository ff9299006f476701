package dev.ratchet.generation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * One answer to a prompt, with the model version and sampling parameters that made it, or the import that brought it.
 */
@Entity
public class Response extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long promptId;
    /** Null for an answer that an import brought. */
    public Long versionId;
    /** Null for an answer that a version of ours wrote. */
    public Long importId;
    public String text;
    /** {@code stop} or {@code length}. */
    public String finishReason;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> sampling;

    public Instant createdAt;
}
