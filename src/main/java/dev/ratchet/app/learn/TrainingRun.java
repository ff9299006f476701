package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One training run in its folder: resuming, recording, progress, looks at the held-out rows, interruption. */
final class TrainingRun implements AutoCloseable {
    private static final String CHECKPOINTS = "checkpoints";
    private static final List<String> SHOWN = List.of("loss", "accuracy", "margin", "reward", "tokens_per_second");

    private final Path folder;
    private final RunRecord record;
    private final Optional<JsonNode> earlier;
    private final Interruption interruption = Interruption.watch();

    /** Measures on held-out rows what a run is for; its numbers join the step's metrics. */
    interface Look {
        Map<String, Double> look();
    }

    /** Trains with the listener that the run gives it. */
    interface Work {
        void train(Path checkpoints, TrainingListener listener) throws IOException;
    }

    private TrainingRun(Path folder, Optional<JsonNode> earlier) {
        this.folder = folder;
        this.earlier = earlier;
        this.record = new RunRecord(folder);
    }

    /**
     * Opens the folder of a run.
     *
     * @throws Refusal where it holds something already and is not to be resumed, or holds nothing to resume
     */
    static TrainingRun open(OutputOptions output) throws IOException {
        Path folder = output.folder;
        Optional<JsonNode> earlier = RunRecord.earlier(folder);
        if (output.resume && earlier.isPresent()) {
            return new TrainingRun(folder, earlier);
        }
        if (earlier.isPresent()) {
            throw new Refusal(folder + " holds a run already: --resume goes on with it, or name another --out.");
        }
        OutputOptions.requireEmpty(folder);
        return new TrainingRun(folder, earlier);
    }

    /** Whether an earlier run in this folder ended: there is nothing left to do. */
    boolean finished() {
        return earlier.map(RunRecord::finished).orElse(false);
    }

    /** What the run computes with: what it began with where it is resumed. */
    ComputeOptions.Compute compute(ComputeOptions options) {
        JsonNode recorded = earlier.map(e -> e.path("compute")).orElse(null);
        ComputeOptions.Compute compute = recorded == null || recorded.isMissingNode() ? options.resolve()
                : ComputeOptions.use(new ComputeOptions.Compute(ComputeType.valueOf(recorded.path("type").asText()
                        .toUpperCase(Locale.ROOT)), recorded.path("threads").asInt(), recorded.path("device").asText(),
                        recorded.path("reason").asText()));
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("type", compute.type().name().toLowerCase(Locale.ROOT));
        entries.put("threads", compute.threads());
        entries.put("device", compute.device());
        entries.put("reason", compute.reason());
        record.put("compute", entries);
        return compute;
    }

    /** Records what the trained weights reach on the held-out rows, also as the last point of the run's curve. */
    void heldOut(Map<String, ?> summary, Map<String, Double> metrics) throws IOException {
        record.put("held_out", summary);
        record.addToLast(metrics);
    }

    TrainingRun put(String name, Object value) {
        record.put(name, value);
        return this;
    }

    /** Says and records what a person should look at. */
    void warn(PrintWriter console, List<String> warnings) {
        record.put("warnings", warnings);
        warnings.forEach(warning -> console.println("Warning: " + warning));
    }

    /** Trains, and keeps every step's metrics. */
    void train(String name, int evaluateEvery, Look look, Work work) throws IOException {
        record.running();
        try (Progress progress = Progress.of(name)) {
            work.train(folder.resolve(CHECKPOINTS), new Steps(progress, evaluateEvery, look));
        }
    }

    /** Says how far a piece of work without steps is, and ends it where the run is interrupted. */
    <T> T measure(String name, Function<ProgressListener, T> work) {
        try (Progress progress = Progress.of(name)) {
            return work.apply((done, total) -> {
                interruption.check();
                progress.at(done, total, "");
            });
        }
    }

    /** Hears of the steps. */
    private final class Steps implements TrainingListener {
        private final Progress progress;
        private final int evaluateEvery;
        private final Look look;
        private boolean first = true;
        private boolean ending;

        Steps(Progress progress, int evaluateEvery, Look look) {
            this.progress = progress;
            this.evaluateEvery = evaluateEvery;
            this.look = look;
        }

        @Override
        public boolean wantsCheckpoint() {
            ending = interruption.requested();
            return ending;
        }

        @Override
        public void step(int step, int totalSteps, Map<String, Double> metrics) {
            try {
                if (first) {
                    record.keepMetricsBefore(step);
                    first = false;
                }
                Map<String, Double> all = new LinkedHashMap<>(metrics);
                if (!ending && evaluateEvery > 0 && step % evaluateEvery == 0 && step < totalSteps) {
                    all.putAll(look.look());
                }
                record.addMetrics(step, all);
                progress.at(step, totalSteps, shown(all));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (ending && step < totalSteps) {
                throw interruption.interrupted("interrupted after step " + step + " of " + totalSteps
                        + "; the same command with --resume goes on from there.");
            }
        }

        private static String shown(Map<String, Double> metrics) {
            StringBuilder text = new StringBuilder();
            SHOWN.stream().filter(metrics::containsKey).forEach(name -> text.append(String.format(Locale.ROOT,
                    name.equals("tokens_per_second") ? "%s %.0f  " : "%s %.3f  ", name.replace('_', ' '),
                    metrics.get(name))));
            return text.toString().strip();
        }
    }

    /** Writes the record of a run whose model is saved, and deletes its checkpoints. */
    void finish() throws IOException {
        record.finished();
        Path checkpoints = folder.resolve(CHECKPOINTS);
        if (Files.isDirectory(checkpoints)) {
            try (Stream<Path> tree = Files.walk(checkpoints)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @Override
    public void close() {
        interruption.close();
    }
}
