package dev.ratchet.task;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A prompt with its responses, shown to {@link #overlap} reviewers. */
@Entity
public class Task extends PanacheEntityBase {
    public static final String OPEN = "open";
    public static final String COMPLETE = "complete";

    public static final String RATING = "rating";
    public static final String GOLD = "gold";
    public static final String CALIBRATION = "calibration";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public Long promptId;
    public int overlap;
    /** Higher is shown first. */
    public int priority;
    public String status;
    /** {@link #RATING}, or a check that makes no pairs: {@link #GOLD} or {@link #CALIBRATION}. */
    public String purpose = RATING;
    /** Languages and skills that its reviewers must have. */
    public String[] tags = {};
    /** Whether only the accounts and groups that it is assigned to get it. */
    public boolean assigned;
    /** {@code random} or {@code active}; null while no reward model has scored it. */
    public String selection;
    /** How unsure reward models are of it, in bits; null while none has scored it. */
    public Double selectionScore;
    /** Its place among tasks of its priority. */
    public int selectionRank = Integer.MAX_VALUE;
    public Instant createdAt;

    @ElementCollection
    @CollectionTable(name = "task_response", joinColumns = @JoinColumn(name = "task_id"))
    @OrderColumn(name = "position")
    @Column(name = "response_id")
    public List<Long> responseIds = new ArrayList<>();
}
