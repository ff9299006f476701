package dev.ratchet.dataset;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** The newest revision of a rating as Kafka delivered it: what pairs are made from. */
@Entity
public class DeliveredRating extends PanacheEntityBase {
    @Id
    public UUID ratingId;

    public int revision;
    public Long projectId;
    public Long taskId;
    public UUID reviewer;
    public boolean withdrawn;
    public int instructionsVersion;
    public Instant occurredAt;
    /** {@code rating}, or {@code adjudication}: then it alone decides on its task. */
    public String kind;
}
