package dev.ratchet.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.lm.Message;
import java.time.Instant;
import java.util.List;

/** An evaluation with its gates, for programs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationView(
        long id,
        long runId,
        long candidateId,
        long championId,
        long rewardId,
        String decision,
        boolean promoted,
        List<GateResult> gates,
        Instant createdAt) {

    static EvaluationView of(Evaluation evaluation) {
        return new EvaluationView(
                evaluation.id,
                evaluation.runId,
                evaluation.candidateId,
                evaluation.championId,
                evaluation.rewardId,
                evaluation.decision,
                evaluation.promoted,
                evaluation.gates,
                evaluation.createdAt);
    }

    /** What both models answered to one held-out prompt. */
    public record Sample(
            long promptId,
            List<Message> prompt,
            String candidateText,
            String championText,
            double candidateScore,
            double championScore) {}
}
