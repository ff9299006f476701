package dev.ratchet.lm;

import dev.ratchet.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final ExampleSource<E> source;

    public TrainingLoop(Decoder decoder, Objective<E> objective, TrainingSpec spec, List<E> examples) {
        this(decoder, objective, spec,
                new FixedExamples<>(examples, objective, spec, decoder.config().contextLength()));
    }

    public TrainingLoop(Decoder decoder, Objective<E> objective, TrainingSpec spec, ExampleSource<E> source) {
        this.decoder = decoder;
        this.objective = objective;
        this.spec = spec;
        this.source = source;
    }

    public int totalSteps() {
        return source.totalSteps();
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
            int written = 0;
            Optional<Checkpoints.Checkpoint> resumed = store == null ? Optional.empty() : store.newest();
            if (resumed.isPresent()) {
                decoder.assignTrained(resumed.get().weights());
                optimiser.restore(resumed.get().optimiser(), resumed.get().step());
                best = resumed.get().best();
                kept.putAll(resumed.get().notes());
                notes.putAll(kept);
                step = resumed.get().step();
                written = step;
            }
            OptimiserStep<E> update = new OptimiserStep<>(decoder, objective, spec, optimiser);
            boolean stop = kept.getOrDefault("stopped", 0.0) > 0;
            while (step < total && !stop) {
                step++;
                // Making the examples is part of the step, where a policy writes them.
                long began = System.nanoTime();
                metrics = update.take(source.step(step), step, total, began);
                Verdict verdict = inspector.inspect(step, total, source.epochEnds(step));
                metrics.putAll(verdict.metrics);
                kept.putAll(verdict.notes);
                stop = verdict.stop;
                if (verdict.best) {
                    best = decoder.trained();
                }
                int every = Math.max(1, spec.checkpointEvery());
                boolean due = step / every > written / every;
                boolean asked = listener.wantsCheckpoint();
                if (store != null && spec.checkpointEvery() > 0
                        && ((due || asked) && source.resumable(step) || step == total || stop)) {
                    kept.put("stopped", stop ? 1.0 : 0.0);
                    store.write(new Checkpoints.Checkpoint(step, decoder.trained(), optimiser.state(), best, kept));
                    written = step;
                }
                listener.step(step, total, metrics);
            }
            if (best != null) {
                decoder.assignTrained(best);
            }
            return new Result(step, metrics, best != null);
        }
    }

    /** What a checkpoint must agree in: settings, the weights before the first step, and every example. */
    private String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((spec + "|" + decoder.digest() + "|" + objective).getBytes(StandardCharsets.UTF_8));
            source.identify(sha);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
