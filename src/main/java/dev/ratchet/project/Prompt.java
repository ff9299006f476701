package dev.ratchet.project;

import dev.ratchet.lm.Message;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A conversation waiting for an answer; it belongs to one split for ever. */
@Entity
public class Prompt extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<Message> messages;

    public String splitGroup;
    /** {@code train} or {@code eval}, see {@link Split}. */
    public String split;
    /** SHA-256 of the messages: the same conversation is stored once in a project. */
    public String digest;
    public Instant createdAt;
}
