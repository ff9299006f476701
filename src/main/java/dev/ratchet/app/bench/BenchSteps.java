package dev.ratchet.app.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.TrainingLoop;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.ComputeType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Optimiser steps whose times are kept, through the loop that every training run uses. */
final class BenchSteps {
    /**
     * One step.
     *
     * @param tokens that were computed, padding left out
     * @param processorSeconds that all threads worked: what a busy machine's clock hides
     */
    record Step(double seconds, double tokens, double processorSeconds) {
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
        double[] begin = {processorSeconds()};
        new TrainingLoop<>(decoder, objective, spec, examples).run(null, (step, total, metrics) -> {
            if (step > 1) {
                double tokens = metrics.get("tokens");
                steps.add(new Step(tokens / metrics.get("tokens_per_second"), tokens, processorSeconds() - begin[0]));
            }
            between.run();
            begin[0] = processorSeconds();
        }, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
        return steps;
    }

    /** What all threads of this process worked so far. */
    static double processorSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
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
