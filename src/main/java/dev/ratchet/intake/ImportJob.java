package dev.ratchet.intake;

import dev.ratchet.intake.format.Mapping;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A file that comes in, and how far it has come. */
@Entity
public class ImportJob extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public Long accountId;
    /** The file's own name. */
    public String name;
    /** Where its bytes are, below the data folder's imports. */
    public String path;
    public long size;
    public long received;
    /** See {@link ImportStatus}. */
    public String status;

    @JdbcTypeCode(SqlTypes.JSON)
    public Mapping mapping;

    @JdbcTypeCode(SqlTypes.JSON)
    public Preview preview;

    /** What became of its rows when it was taken back; null where it was not. */
    @JdbcTypeCode(SqlTypes.JSON)
    public Undone undone;

    public String error;
    /** The last row of the file whose outcome is committed. */
    public long cursor;
    public long rows;
    public long prompts;
    public long responses;
    public long pairs;
    /** Demonstrations and documents: what supervised training can learn. */
    public long documents;
    public long tasks;
    /** Answers and documents that were there already. */
    public long known;
    public long rejected;
    /** Finds of personal data that were replaced. */
    public long masked;
    public Instant createdAt;
    public Instant touchedAt;
    public Instant startedAt;
    public Instant finishedAt;
}
