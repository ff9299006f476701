package dev.ratchet.project;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;

/** Who came in by which invitation. */
@Entity
@IdClass(InvitationUse.Key.class)
public class InvitationUse extends PanacheEntityBase {
    @Id
    public Long invitationId;

    @Id
    public Long accountId;

    public Instant usedAt;

    /** Identity of a use. */
    public record Key(Long invitationId, Long accountId) {}
}
