package dev.ratchet.training;

import dev.ratchet.project.LoopStation;
import dev.ratchet.project.Project;
import java.util.Optional;

/** What a station that trains shows: its newest run, live while it goes. */
final class RunStation {
    private RunStation() {}

    static LoopStation.Figure figure(Project project, String name, RunKind kind) {
        Optional<Run> newest = Run.find("projectId = ?1 and kind = ?2 order by id desc", project.id, kind.code())
                .firstResultOptional();
        if (newest.isEmpty()) {
            return LoopStation.Figure.calm(name, "–", "not trained yet", null);
        }
        Run run = newest.get();
        String link = "/runs/" + run.id;
        return switch (RunStatus.of(run.status)) {
            case RUNNING -> LoopStation.Figure.working(name, percent(run), run.stage, link, run.step, run.totalSteps);
            case QUEUED -> LoopStation.Figure.toned(name, "queued", run.stage, link, "busy");
            case SUCCEEDED -> LoopStation.Figure.calm(name, produced(run), "run " + run.id, link);
            case FAILED -> LoopStation.Figure.toned(name, "failed", "run " + run.id + ": look why", link, "bad");
            case CANCELLED -> LoopStation.Figure.calm(name, "cancelled", "run " + run.id, link);
        };
    }

    private static String percent(Run run) {
        return run.totalSteps == 0 ? "…" : Math.round(100.0 * run.step / run.totalSteps) + "%";
    }

    private static String produced(Run run) {
        RunPageView.Version version = RunPageView.Version.of(run.producedVersionId);
        return version == null ? "done" : version.name();
    }
}
