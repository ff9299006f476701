package dev.ratchet.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An immutable artefact of the registry with its manifest: base, snapshot, spec, metrics, digests. */
@Entity
public class ModelVersion extends PanacheEntityBase {
    public static final String POLICY = "policy";
    public static final String REWARD = "reward";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    /** {@link #POLICY} or {@link #REWARD}. */
    public String kind;
    /** Unique in its project, such as {@code policy-2}. */
    public String name;
    public Long parentId;
    public Long runId;
    /** Folder of the artefact, relative to the artefact store. */
    public String path;
    /** SHA-256 over the artefact's files. */
    public String digest;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> manifest;

    public Instant createdAt;
}
