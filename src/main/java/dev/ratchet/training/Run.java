package dev.ratchet.training;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One job of the learning loop: it has a spec, a seed, progress, checkpoints and a result. */
@Entity
public class Run extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    /** {@code supervised}, {@code reward}, {@code preference} or {@code evaluation}. */
    public String kind;
    /** {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code cancelled}. */
    public String status;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> spec;

    public long seed;
    public Long snapshotId;
    public Long baseVersionId;
    public Long rewardVersionId;
    public Long candidateVersionId;
    public Long producedVersionId;
    public String triggeredBy;
    public int attempt;
    public Long processId;
    /** What the worker is doing now, in words. */
    public String stage;
    public int step;
    public int totalSteps;
    public Instant heartbeatAt;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> result;

    public String error;
    public Instant createdAt;
    public Instant startedAt;
    public Instant finishedAt;
}
