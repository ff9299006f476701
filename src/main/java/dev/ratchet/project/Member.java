package dev.ratchet.project;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An account in a project's team, with what it may do there and what it can judge. */
@Entity
@Table(name = "project_member")
@IdClass(Member.Key.class)
public class Member extends PanacheEntityBase {
    @Id
    public Long projectId;

    @Id
    public Long accountId;

    /** {@code reviewer} or {@code lead}. */
    public String role;
    /** Languages and skills in lower case, such as {@code de} or {@code medicine}. */
    public String[] tags;
    public Instant joinedAt;
    /** Who put them in; null for nobody. */
    public Long addedBy;

    /** Identity of a member. */
    public record Key(Long projectId, Long accountId) {}

    public static Optional<Member> find(long project, long account) {
        return find("projectId = ?1 and accountId = ?2", project, account).firstResultOptional();
    }

    /** The project's members in the order in which they joined. */
    public static List<Member> of(long project) {
        return list("projectId = ?1 order by joinedAt, accountId", project);
    }
}
