package dev.ratchet.dataset;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** Prompt, chosen and rejected: a deterministic function of current rating revisions. */
@Entity
public class Pair extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public Long promptId;
    public Long taskId;
    /** {@code rating} or {@code import}; pairs that a reward model labels live in the run that made them. */
    public String source;
    public String split;
    public Long chosenResponseId;
    public Long rejectedResponseId;
    public double weight;
    public double margin;
    /** Name and version of the aggregation policy that gave weight and margin. */
    public String aggregation;
    public Instant updatedAt;
}
