package dev.ratchet.project;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A link by which people come into a project's team. */
@Entity
public class Invitation extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    /** What they may do in the project. */
    public String role;
    public String[] tags;
    /** The group that they come into; null for none. */
    public Long groupId;
    public String digest;
    /** How many people it lets in. */
    public int uses;
    public int used;
    public Long createdBy;
    public Instant createdAt;
    public Instant expiresAt;
    public Instant revokedAt;

    /** Whether it still lets somebody in. */
    public boolean isOpen(Instant now) {
        return revokedAt == null && expiresAt.isAfter(now) && used < uses;
    }

    static Optional<Invitation> findByDigest(String digest) {
        return find("digest", digest).firstResultOptional();
    }

    /** The same, and nobody else uses it until the transaction ends. */
    static Optional<Invitation> lockByDigest(String digest) {
        return Invitation.<Invitation>find("digest", digest).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /** The project's invitations, newest first. */
    static List<Invitation> of(long project) {
        return list("projectId = ?1 order by id desc", project);
    }
}
