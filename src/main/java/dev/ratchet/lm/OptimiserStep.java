package dev.ratchet.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One optimiser step: the passes over its examples, their gradients added up, and the update. */
final class OptimiserStep<E> {
    private final Decoder decoder;
    private final Objective<E> objective;
    private final TrainingSpec spec;
    private final AdamW optimiser;

    OptimiserStep(Decoder decoder, Objective<E> objective, TrainingSpec spec, AdamW optimiser) {
        this.decoder = decoder;
        this.objective = objective;
        this.spec = spec;
        this.optimiser = optimiser;
    }

    /** The seed of a pass's dropout: the same after a resume. */
    private long dropoutSeed(int step, int from) {
        return new SplittableRandom(spec.seed() ^ (long) step << 32 ^ from).nextLong();
    }

    /**
     * @param began when the step began, by the system's nanosecond clock
     * @return the step's metrics
     */
    Map<String, Double> take(List<E> examples, int step, int total, long began) {
        double scale = objective.scale(examples);
        double loss = 0;
        int tokens = 0;
        int learned = 0;
        double entropy = 0;
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int from = 0; from < examples.size(); from += spec.batchSize()) {
            List<E> part = examples.subList(from, Math.min(examples.size(), from + spec.batchSize()));
            List<Row> rows = new ArrayList<>();
            part.forEach(example -> rows.add(objective.row(example)));
            try (Decoder.Pass pass = decoder.open(rows, objective.head(), spec.computeType(),
                    spec.checkpointActivations(), dropoutSeed(step, from))) {
                Objective.Loss own = objective.loss(part, pass.values(), scale);
                pass.accumulate(own.derivative(), optimiser.sums());
                loss += own.value();
                tokens += pass.tokens();
                int lengths = Arrays.stream(pass.lengths()).sum();
                learned += lengths;
                entropy += lengths * pass.entropies();
                own.metrics().forEach((name, value) -> sums.merge(name, value, Double::sum));
            }
        }
        if (!Double.isFinite(loss)) {
            throw new DivergenceException(step, loss, Double.NaN);
        }
        double rate = spec.rate(step, total);
        double norm = optimiser.update(rate, spec.weightDecay(), spec.clipNorm());
        if (!Double.isFinite(norm)) {
            throw new DivergenceException(step, loss, norm);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.put("gradient_norm", norm);
        metrics.put("learning_rate", rate);
        metrics.put("tokens", (double) tokens);
        metrics.put("completion_tokens", (double) learned);
        metrics.put("tokens_per_second", tokens / ((System.nanoTime() - began) / 1e9));
        if (!Double.isNaN(entropy)) {
            metrics.put("entropy", entropy / learned);
        }
        metrics.putAll(objective.summarise(sums));
        return metrics;
    }
}
