package dev.ratchet.security;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A person, or a program that acts as one, who signs in. */
@Entity
public class Account extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String login;
    public String displayName;
    public String passwordHash;
    public String role;
    public UUID pseudonym;
    public Instant createdAt;
    /** Since when nobody can sign in with it; null for an account in use. */
    public Instant disabledAt;
    /** How often all sessions were ended; one that began before the last time is none any more. */
    public int sessionsEnded;

    public static Optional<Account> findByLogin(String login) {
        return find("login", login).firstResultOptional();
    }
}
