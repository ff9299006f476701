package dev.ratchet.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** One move of an alias; the history is append-only. */
@Entity
public class AliasChange extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public String alias;
    public int revision;
    public Long fromVersionId;
    public Long toVersionId;
    public Long evaluationId;
    public String actor;
    public String reason;
    public Instant createdAt;
}
