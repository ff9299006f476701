package dev.ratchet.training.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.training.RunFolder;
import dev.ratchet.training.RunProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Appends what the worker does, line by line, for the platform to read. */
final class ProgressLog implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Writer writer;

    private ProgressLog(Writer writer) {
        this.writer = writer;
    }

    static ProgressLog open(RunFolder folder) throws IOException {
        Writer writer =
                Files.newBufferedWriter(folder.progress(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        // A killed attempt may have left half a line.
        writer.write('\n');
        return new ProgressLog(writer);
    }

    /** Announces a stage whose length is not known, or not worth counting. */
    void stage(String stage) {
        append(new RunProgress(stage, 0, 0, null));
    }

    /** Counts the items of a stage. */
    ProgressListener counting(String stage) {
        stage(stage);
        return (done, total) -> append(new RunProgress(stage, done, total, null));
    }

    /** Reports each optimiser step with its metrics. */
    TrainingListener training(String stage) {
        stage(stage);
        return (step, total, metrics) -> append(new RunProgress(stage, step, total, finite(metrics)));
    }

    private synchronized void append(RunProgress progress) {
        try {
            writer.write(json.writeValueAsString(progress));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Progress cannot be written: " + e.getMessage(), e);
        }
    }

    /** JSON has no word for infinity. */
    private static Map<String, Double> finite(Map<String, Double> metrics) {
        Map<String, Double> finite = new LinkedHashMap<>();
        metrics.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                finite.put(name, value);
            }
        });
        return finite;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
