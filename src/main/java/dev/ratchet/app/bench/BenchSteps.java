package dev.ratchet.app.bench;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.TrainingLoop;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.ComputeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Optimiser steps whose times are kept, through the loop that every training run uses. */
final class BenchSteps {
    /**
     * One step.
     *
     * @param tokens that were computed, padding left out
     */
    record Step(double seconds, double tokens) {
    }

    private final ComputeType type;
    private final boolean checkpointing;

    BenchSteps(ComputeType type, boolean checkpointing) {
        this.type = type;
        this.checkpointing = checkpointing;
    }

    /**
     * Takes as many steps as the examples give batches; the first one, which warms up, is left out.
     *
     * @param between called after each step, outside its time
     */
    <E> List<Step> run(Decoder decoder, Objective<E> objective, List<E> examples, int batch, Runnable between) {
        TrainingSpec spec = new TrainingSpec(1, batch, 1, 1e-6, 0, TrainingSpec.Decay.CONSTANT, 0, 1, 1, 0, type,
                TrainingSpec.Order.AS_GIVEN, checkpointing);
        List<Step> steps = new ArrayList<>();
        new TrainingLoop<>(decoder, objective, spec, examples).run(null, (step, total, metrics) -> {
            if (step > 1) {
                double tokens = metrics.get("tokens");
                steps.add(new Step(tokens / metrics.get("tokens_per_second"), tokens));
            }
            between.run();
        }, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
        return steps;
    }

    /** The median of some numbers, the mean of the middle two where their count is even. */
    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double seconds(List<Step> steps) {
        return median(steps.stream().map(Step::seconds).toList());
    }
}
