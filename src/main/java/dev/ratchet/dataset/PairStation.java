package dev.ratchet.dataset;

import dev.ratchet.platform.Shown;
import dev.ratchet.project.LoopStation;
import dev.ratchet.project.Project;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The loop's third station: pairs, and how near the next round of training is. */
@Singleton
class PairStation implements LoopStation {
    @Inject
    PairCounts counts;

    @Override
    public int position() {
        return 3;
    }

    @Override
    public Figure figure(Project project) {
        long pairs = Pair.count("projectId", project.id);
        long fresh = counts.newTrainPairsSinceLastSnapshot(project);
        int start = project.settings.retrainAfterPairs();
        String link = null;
        if (start <= 0) {
            return Figure.calm("Pairs", Shown.count(pairs), Shown.count(fresh) + " new to train on", link);
        }
        String note = Shown.count(fresh) + " new, training starts at " + Shown.count(start);
        return new Figure(
                "Pairs", Shown.count(pairs), note, link, "calm", (int) Math.min(fresh, start), start);
    }
}
