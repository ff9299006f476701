package dev.ratchet.training;

import dev.ratchet.project.LoopStation;
import dev.ratchet.project.Project;
import jakarta.inject.Singleton;

/** The loop's fourth station: the reward model. */
@Singleton
class RewardStation implements LoopStation {

    @Override
    public int position() {
        return 4;
    }

    @Override
    public Figure figure(Project project) {
        return RunStation.figure(project, "Reward", RunKind.REWARD);
    }
}
