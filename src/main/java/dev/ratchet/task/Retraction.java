package dev.ratchet.task;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A lead's word that a rating, or all of a reviewer's in a project, must not count any more; never changed. */
@Entity
public class Retraction extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    /** Whose ratings. */
    public Long accountId;
    /** The one rating; null for all that the reviewer had given. */
    public UUID ratingId;
    public String reason;
    /** Whether the tasks were opened to others again. */
    public boolean reopened;
    public Long authorId;
    public Instant createdAt;
}
