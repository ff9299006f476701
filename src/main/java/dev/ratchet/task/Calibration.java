package dev.ratchet.task;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.Locale;

/** How far a reviewer is with a project's calibration round. */
@Entity
@IdClass(Calibration.Key.class)
public class Calibration extends PanacheEntityBase {
    @Id
    public Long projectId;

    @Id
    public Long accountId;

    public String status;
    public int attempt;
    /** Checks that were finished since belong to this attempt. */
    public Instant startedAt;
    /** Mean share of right answers; null while the attempt runs, and where a lead decided without one. */
    public Double accuracy;

    public Instant decidedAt;
    /** The lead who let the reviewer through; null where the answers decided. */
    public Long decidedBy;

    /** Identity of a round. */
    public record Key(Long projectId, Long accountId) {}

    /** What a reviewer may do. */
    public enum State {
        /** Work. */
        OPEN,
        /** The calibration tasks first. */
        RUNNING,
        /** Nothing, until they try again or a lead lets them through. */
        FAILED
    }

    void decide(boolean passed, Double accuracy, Instant now, Long lead) {
        status = passed ? "passed" : "failed";
        this.accuracy = accuracy;
        decidedAt = now;
        decidedBy = lead;
    }

    State state() {
        return status.equals("passed") ? State.OPEN : State.valueOf(status.toUpperCase(Locale.ROOT));
    }
}
