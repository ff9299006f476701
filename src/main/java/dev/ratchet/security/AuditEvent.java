package dev.ratchet.security;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One change of what somebody may do. It is written once and never changed. */
@Entity
public class AuditEvent extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Instant at;
    /** Null for what concerns an account as a whole. */
    public Long projectId;
    /** Pseudonym of who did it; null for a command, or somebody new who followed an invitation. */
    public UUID actor;
    public boolean byToken;
    /** The code of an {@link AuditAction}. */
    public String action;
    /** Pseudonym of whom it was done to; null for nobody in particular. */
    public UUID subject;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> detail;
}
