package dev.ratchet.evaluation;

import dev.ratchet.project.LoopStation;
import dev.ratchet.project.Project;
import dev.ratchet.training.Run;
import dev.ratchet.training.RunKind;
import dev.ratchet.training.RunStatus;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The loop's sixth station: what the evidence said of the newest candidate. */
@Singleton
class GateStation implements LoopStation {
    private static final String NAME = "Gate";

    @Override
    public int position() {
        return 6;
    }

    @Override
    public Figure figure(Project project) {
        Optional<Run> running = Run.find(
                        "projectId = ?1 and kind = ?2 and status = ?3", project.id, RunKind.EVALUATION.code(),
                        RunStatus.RUNNING.code())
                .firstResultOptional();
        if (running.isPresent()) {
            Run run = running.get();
            return Figure.working(NAME, "…", run.stage, "/runs/" + run.id, run.step, run.totalSteps);
        }
        Optional<Evaluation> newest =
                Evaluation.find("projectId = ?1 order by id desc", project.id).firstResultOptional();
        return newest.map(GateStation::decided)
                .orElseGet(() -> Figure.calm(NAME, "–", "nothing to judge yet", null));
    }

    private static Figure decided(Evaluation evaluation) {
        String note = switch (evaluation.decision) {
            case Gate.PASS -> evaluation.promoted ? "candidate promoted" : "champion had moved meanwhile";
            case Gate.FAIL -> "candidate refused";
            default -> "not enough evidence";
        };
        String tone = switch (evaluation.decision) {
            case Gate.PASS -> "good";
            case Gate.FAIL -> "bad";
            default -> "calm";
        };
        return Figure.toned(NAME, evaluation.decision, note, "/versions/" + evaluation.candidateId, tone);
    }
}
