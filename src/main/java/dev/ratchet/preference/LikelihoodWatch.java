package dev.ratchet.preference;

import dev.ratchet.lm.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Hears the steps of a run and warns where the chosen replies' own likelihood fell: below the reference's in the mean
 * over the last tenth of the steps, or, where there is no reference, from the first tenth of the steps to the last.
 */
final class LikelihoodWatch implements TrainingListener {
    private static final String MENDING = " A higher supervised coefficient, a higher beta or a lower learning rate"
            + " holds them.";

    private final TrainingListener next;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> changes = new ArrayList<>();

    LikelihoodWatch(TrainingListener next) {
        this.next = next;
    }

    @Override
    public void step(int step, int totalSteps, Map<String, Double> metrics) {
        Double change = metrics.get("chosen_log_probability_change");
        if (change != null) {
            changes.add(change);
        } else if (metrics.containsKey("supervised_loss")) {
            losses.add(metrics.get("supervised_loss"));
        }
        next.step(step, totalSteps, metrics);
    }

    @Override
    public void preparing(String what, int done, int total) {
        next.preparing(what, done, total);
    }

    @Override
    public boolean wantsCheckpoint() {
        return next.wantsCheckpoint();
    }

    /** What a person should look at, in words; empty when all is well. */
    List<String> warnings() {
        if (!changes.isEmpty()) {
            // Rounded up: a run of a few steps has a last tenth too.
            int last = (changes.size() + 9) / 10;
            return mean(changes.subList(changes.size() - last, changes.size())) < 0
                    ? List.of("The chosen replies became less likely than they were under the reference, in the mean"
                            + " over the last tenth of the steps." + MENDING)
                    : List.of();
        }
        int tenth = losses.size() / 10;
        if (tenth > 0 && mean(losses.subList(losses.size() - tenth, losses.size())) > mean(losses.subList(0, tenth))) {
            return List.of("The chosen replies became less likely from the first tenth of the steps to the last."
                    + MENDING);
        }
        return List.of();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
