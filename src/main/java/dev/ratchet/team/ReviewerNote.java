package dev.ratchet.team;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;

/** What a lead tells a reviewer about their work in a project. */
@Entity
public class ReviewerNote extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    /** Whom it is for. */
    public Long accountId;
    public Long authorId;
    public String text;
    public Instant createdAt;
    /** Null until its reviewer says that it was read. */
    public Instant readAt;

    /** The newest notes to a reviewer. */
    static List<ReviewerNote> of(long project, long account, int most) {
        return ReviewerNote.<ReviewerNote>find("projectId = ?1 and accountId = ?2 order by id desc", project, account)
                .page(0, most).list();
    }
}
