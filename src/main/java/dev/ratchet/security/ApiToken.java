package dev.ratchet.security;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A secret by which a program acts for an account, without its password. */
@Entity
public class ApiToken extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long accountId;
    public String name;
    /** What a call with it may do at most. */
    public String role;
    public String digest;
    public Instant createdAt;
    public Instant expiresAt;
    /** To the minute; null where it was never used. */
    public Instant lastUsedAt;
    public Instant revokedAt;

    static Optional<ApiToken> findByDigest(String digest) {
        return find("digest", digest).firstResultOptional();
    }

    /** The account's tokens that were not revoked, newest first. */
    static List<ApiToken> of(long account) {
        return list("accountId = ?1 and revokedAt is null order by id desc", account);
    }
}
