package dev.ratchet.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/** A run for programs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        long id,
        long projectId,
        String kind,
        String status,
        String stage,
        int step,
        int totalSteps,
        int attempt,
        String triggeredBy,
        String chain,
        Long snapshotId,
        Long baseVersionId,
        Long rewardVersionId,
        Long candidateVersionId,
        Long producedVersionId,
        long seed,
        String error,
        Map<String, Object> result,
        Instant heartbeatAt,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    public static RunView of(Run run) {
        return new RunView(
                run.id,
                run.projectId,
                run.kind,
                run.status,
                run.stage,
                run.step,
                run.totalSteps,
                run.attempt,
                run.triggeredBy,
                (String) run.spec.get("chain"),
                run.snapshotId,
                run.baseVersionId,
                run.rewardVersionId,
                run.candidateVersionId,
                run.producedVersionId,
                run.seed,
                run.error,
                run.result,
                run.heartbeatAt,
                run.createdAt,
                run.startedAt,
                run.finishedAt);
    }

    /** The metrics of one training step. */
    public record Step(int step, Map<String, Double> metrics) {}
}
