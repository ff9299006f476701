package dev.ratchet.project;

import dev.ratchet.question.Questions;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One version of what a project tells and asks its reviewers; never changed, only followed by another. */
@Entity
@Immutable
@IdClass(Instructions.Key.class)
public class Instructions extends PanacheEntityBase {
    @Id
    public Long projectId;

    @Id
    public int version;

    /** What reviewers judge by, in Markdown. */
    public String guidelines;

    @JdbcTypeCode(SqlTypes.JSON)
    public Questions questions;

    /** What changed, in the words of who changed it. */
    public String note;

    /** Null for the first version of a project that was made before there were versions. */
    public Long authorId;

    public Instant createdAt;

    /** Identity of a version. */
    public record Key(Long projectId, int version) {}

    /** The version of a project; it must exist. */
    public static Instructions of(long projectId, int version) {
        Instructions found = findById(new Key(projectId, version));
        if (found == null) {
            throw new IllegalStateException("Project " + projectId + " has no instructions of version " + version);
        }
        return found;
    }

    /** The version that holds now. */
    public static Instructions current(Project project) {
        return of(project.id, project.instructionsVersion);
    }

    /** All versions of a project, newest first. */
    public static List<Instructions> history(Project project) {
        return list("projectId = ?1 order by version desc", project.id);
    }
}
