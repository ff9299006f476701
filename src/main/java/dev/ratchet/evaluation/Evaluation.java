package dev.ratchet.evaluation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What the evidence says of a candidate against the champion, gate by gate. */
@Entity
public class Evaluation extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public Long runId;
    public Long candidateId;
    public Long championId;
    public Long rewardId;
    /** {@code pass}, {@code fail} or {@code undecided}. */
    public String decision;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<GateResult> gates;

    public boolean promoted;
    public Instant createdAt;
}
