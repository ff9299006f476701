package dev.ratchet.dataset;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** An immutable, content-addressed list of pairs: what a run trained on. */
@Entity
public class Snapshot extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    /** SHA-256 of the file. */
    public String digest;
    /** JSON Lines file of {@code SnapshotPair}, relative to the artefact store. */
    public String path;
    public int trainPairs;
    public int evalPairs;
    public String aggregation;
    public Instant createdAt;
}
