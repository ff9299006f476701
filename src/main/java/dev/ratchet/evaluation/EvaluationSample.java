package dev.ratchet.evaluation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;

/** What candidate and champion answered to one held-out prompt, and how the reward model scored both. */
@Entity
@IdClass(EvaluationSample.Key.class)
public class EvaluationSample extends PanacheEntityBase {
    @Id
    public Long evaluationId;

    @Id
    public Long promptId;

    public String candidateText;
    public String championText;
    public double candidateScore;
    public double championScore;

    /** Identity of a sample. */
    public record Key(Long evaluationId, Long promptId) {}
}
