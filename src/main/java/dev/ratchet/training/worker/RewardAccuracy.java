package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.Proportions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How often a reward model scores the chosen answer of a pair higher.
 *
 * @param correct number of such pairs, equal scores as halves
 * @param pairs number of all pairs
 */
record RewardAccuracy(double correct, int pairs) {

    static RewardAccuracy of(RewardModel reward, List<SnapshotPair> pairs) {
        List<Judged> judged = new ArrayList<>();
        for (SnapshotPair pair : pairs) {
            judged.add(new Judged(pair.prompt(), pair.chosen()));
            judged.add(new Judged(pair.prompt(), pair.rejected()));
        }
        double[] scores = judged.isEmpty() ? new double[0] : reward.score(judged);
        double correct = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double difference = scores[2 * i] - scores[2 * i + 1];
            correct += difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
        }
        return new RewardAccuracy(correct, pairs.size());
    }

    /** Adds share and Wilson interval to a run's metrics, where there are pairs. */
    void addTo(Map<String, Object> metrics) {
        metrics.put("heldout_pairs", pairs);
        metrics.put("heldout_correct", correct);
        if (pairs > 0) {
            Interval interval = Proportions.wilson(correct, pairs);
            metrics.put("heldout_accuracy", interval.estimate());
            metrics.put("heldout_accuracy_low95", interval.low());
            metrics.put("heldout_accuracy_high95", interval.high());
        }
    }
}
