package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One revision of a lead's decision on a task whose reviewers disagree; the newest of its task holds. */
@Entity
public class Adjudication extends PanacheEntityBase {
    /** An earlier decision was taken back. */
    public static final String OPEN = "open";
    /** The lead's answers decide. */
    public static final String SETTLED = "settled";
    /** The lead has looked, and the ratings go on deciding. */
    public static final String DISMISSED = "dismissed";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public Long taskId;
    public int revision;
    /** Names the decision in events, pairs and snapshots as a rating's id would; the same over its revisions. */
    public UUID decisionId;
    public String status;
    /** In the lead's words; may be empty. */
    public String reason;

    /** By the question's name, on the responses in the order {@link #shown}; null unless settled. */
    @JdbcTypeCode(SqlTypes.JSON)
    public JsonNode answers;

    public Long[] shown;
    /** The version of the questions that was answered. */
    public int instructionsVersion;
    public Long settledBy;
    public Instant settledAt;

    /** What holds for a task; empty while no lead has decided on it. */
    public static Optional<Adjudication> newest(long task) {
        return find("taskId = ?1 order by revision desc", task).firstResultOptional();
    }
}
