package dev.ratchet.training;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The metrics of one training step of a run. */
@Entity
@IdClass(RunMetric.Key.class)
public class RunMetric extends PanacheEntityBase {
    @Id
    public Long runId;

    @Id
    public int step;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Double> metrics;

    /** Identity of a step. */
    public record Key(Long runId, int step) {}
}
