package dev.ratchet.project;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One campaign: instructions, prompts, the policy that it improves, overlap and gates. */
@Entity
public class Project extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String slug;
    public String name;
    public String description;
    /** The {@link Instructions} that new assignments get. */
    public int instructionsVersion;
    /** How many reviewers rate each task. */
    public int overlap;

    @JdbcTypeCode(SqlTypes.JSON)
    public ProjectSettings settings;

    /** Whether every account works in it; a closed one has its members alone. */
    public boolean open = true;

    /** Name and version of the policy that makes one pair of several ratings. */
    public String aggregation = "mean-strength-v1";

    public Instant createdAt;

    public static Optional<Project> findBySlug(String slug) {
        return find("slug", slug).firstResultOptional();
    }
}
