package dev.ratchet.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** A movable name for a version, such as {@code champion}. */
@Entity
public class ModelAlias extends PanacheEntityBase {
    public static final String CHAMPION = "champion";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public String name;
    public Long versionId;
    /** Counts the moves: what compare-and-set compares. */
    public int revision;
    public Instant updatedAt;
}
