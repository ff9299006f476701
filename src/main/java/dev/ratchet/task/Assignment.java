package dev.ratchet.task;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A lease of a task to a reviewer, with an expiry and the order in which the answers are shown. */
@Entity
public class Assignment extends PanacheEntityBase {
    public static final String LEASED = "leased";
    public static final String RATED = "rated";
    public static final String SKIPPED = "skipped";
    /** Rated, and the rating taken out by a lead. */
    public static final String RETRACTED = "retracted";

    @Id
    public UUID id;

    public Long taskId;
    public Long accountId;
    public String status;
    /** The responses in the order in which they are shown. */
    public Long[] shown;
    public Instant leasedAt;
    public Instant expiresAt;
    public Instant finishedAt;
    public String skipReason;
    /** The version of guidelines and questions that the reviewer was shown. */
    public int instructionsVersion;
}
