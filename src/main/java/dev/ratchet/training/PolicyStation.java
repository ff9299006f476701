package dev.ratchet.training;

import dev.ratchet.project.LoopStation;
import dev.ratchet.project.Project;
import jakarta.inject.Singleton;

/** The loop's fifth station: the policy that preference optimisation makes. */
@Singleton
class PolicyStation implements LoopStation {

    @Override
    public int position() {
        return 5;
    }

    @Override
    public Figure figure(Project project) {
        return RunStation.figure(project, "Policy", RunKind.PREFERENCE);
    }
}
