package dev.ratchet.lm;

import dev.ratchet.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Minimises an objective over examples by AdamW: order, accumulation, schedule, clipping, metrics, checkpoints. */
public final class TrainingLoop<E> {
    /** Looks at the weights between steps, for instance on held-out examples. */
    public interface Inspector {
        Inspector NONE = (step, total, epochEnds) -> Verdict.goOn(Map.of());

        /** Called after each step; {@code epochEnds} says whether it was the last of an epoch. */
        Verdict inspect(int step, int totalSteps, boolean epochEnds);
    }

    /**
     * What an inspection found.
     *
     * @param metrics added to the step's
     * @param best whether the weights are the best so far, to be kept
     * @param stop whether to end the run
     * @param notes what the inspector wants to know again after a resume
     */
    public record Verdict(Map<String, Double> metrics, boolean best, boolean stop, Map<String, Double> notes) {
        static Verdict goOn(Map<String, Double> metrics) {
            return new Verdict(metrics, false, false, Map.of());
        }
    }

    /** How a run ended: how many steps it took in all, the last step's metrics, and whether it kept earlier weights. */
    public record Result(int steps, Map<String, Double> metrics, boolean restoredBest) {
    }

    private final Decoder decoder;
    private final Objective<E> objective;
    private final TrainingSpec spec;
    private final List<E> examples;
    private final List<Row> rows;
    private final DataOrder order;

    public TrainingLoop(Decoder decoder, Objective<E> objective, TrainingSpec spec, List<E> examples) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to train on: the list of examples is empty.");
        }
        this.decoder = decoder;
        this.objective = objective;
        this.spec = spec;
        this.examples = List.copyOf(examples);
        this.rows = this.examples.stream().map(objective::row).toList();
        for (Row row : rows) {
            if (row.reach() > decoder.config().contextLength()) {
                throw new ContextLengthException("An example", row.reach(), decoder.config().contextLength());
            }
        }
        this.order = new DataOrder(rows.stream().mapToInt(Row::length).toArray(), spec);
    }

    public int totalSteps() {
        return Math.multiplyExact(order.stepsPerEpoch(), spec.epochs());
    }

    /**
     * Trains, from the newest checkpoint where there is one.
     *
     * @param checkpoints folder of this run alone, or null for no checkpoints
     * @param notes filled with the inspector's notes of the checkpoint before the first step
     */
    public Result run(Path checkpoints, TrainingListener listener, Inspector inspector, Map<String, Double> notes) {
        Checkpoints store = checkpoints == null ? null : new Checkpoints(checkpoints, digest());
        int total = totalSteps();
        Map<String, Double> metrics = Map.of();
        Map<String, Tensor> best = null;
        Map<String, Double> kept = new LinkedHashMap<>();
        try (AdamW optimiser = new AdamW(decoder)) {
            int step = 0;
            var resumed = store == null ? java.util.Optional.<Checkpoints.Checkpoint>empty() : store.newest();
            if (resumed.isPresent()) {
                decoder.assignTrained(resumed.get().weights());
                optimiser.restore(resumed.get().optimiser(), resumed.get().step());
                best = resumed.get().best();
                kept.putAll(resumed.get().notes());
                notes.putAll(kept);
                step = resumed.get().step();
            }
            boolean stop = kept.getOrDefault("stopped", 0.0) > 0;
            List<int[]> epoch = null;
            while (step < total && !stop) {
                int within = step % order.stepsPerEpoch();
                if (epoch == null || within == 0) {
                    epoch = order.epoch(step / order.stepsPerEpoch());
                }
                step++;
                metrics = step(optimiser, epoch.get(within), step, total);
                Verdict verdict = inspector.inspect(step, total, within == order.stepsPerEpoch() - 1);
                metrics.putAll(verdict.metrics);
                kept.putAll(verdict.notes);
                stop = verdict.stop;
                if (verdict.best) {
                    best = decoder.trained();
                }
                boolean asked = listener.wantsCheckpoint();
                if (store != null && spec.checkpointEvery() > 0
                        && (step % spec.checkpointEvery() == 0 || step == total || stop || asked)) {
                    kept.put("stopped", stop ? 1.0 : 0.0);
                    store.write(new Checkpoints.Checkpoint(step, decoder.trained(), optimiser.state(), best, kept));
                }
                listener.step(step, total, metrics);
            }
            if (best != null) {
                decoder.assignTrained(best);
            }
            return new Result(step, metrics, best != null);
        }
    }

    private Map<String, Double> step(AdamW optimiser, int[] places, int step, int total) {
        long begin = System.nanoTime();
        List<E> all = Arrays.stream(places).mapToObj(examples::get).toList();
        double scale = objective.scale(all);
        double loss = 0;
        int tokens = 0;
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int from = 0; from < places.length; from += spec.batchSize()) {
            int to = Math.min(places.length, from + spec.batchSize());
            List<Row> batch = new ArrayList<>();
            for (int i = from; i < to; i++) {
                batch.add(rows.get(places[i]));
            }
            try (Decoder.Pass pass = decoder.open(batch, objective.head(), spec.computeType())) {
                Objective.Loss part = objective.loss(all.subList(from, to), pass.values(), scale);
                pass.accumulate(part.derivative(), optimiser.sums());
                loss += part.value();
                tokens += pass.tokens();
                part.metrics().forEach((name, value) -> sums.merge(name, value, Double::sum));
            }
        }
        double rate = spec.rate(step, total);
        double norm = optimiser.update(rate, spec.weightDecay(), spec.clipNorm());
        if (!Double.isFinite(norm) || !Double.isFinite(loss)) {
            throw new DivergenceException(step, loss, norm);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.put("gradient_norm", norm);
        metrics.put("learning_rate", rate);
        metrics.put("tokens_per_second", tokens / ((System.nanoTime() - begin) / 1e9));
        metrics.putAll(objective.summarise(sums));
        return metrics;
    }

    /** What a checkpoint must agree in: settings, shapes and the tokens of every example. */
    private String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((spec + "|" + decoder.config() + "|" + objective).getBytes(StandardCharsets.UTF_8));
            for (Row row : rows) {
                sha.update(Arrays.toString(row.prompt()).getBytes(StandardCharsets.UTF_8));
                for (int[] continuation : row.continuations()) {
                    sha.update(Arrays.toString(continuation).getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
