package dev.ratchet.app.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a training run was and what came of it: {@code training.json}, beside the model that it made. */
final class RunRecord {
    static final String FILE = "training.json";
    private static final String METRICS = "metrics.jsonl";
    private static final String STATUS = "status";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

    private final Path folder;
    private final Map<String, Object> entries = new LinkedHashMap<>();

    RunRecord(Path folder) {
        this.folder = folder;
    }

    /** An earlier record of the same folder. */
    static Optional<JsonNode> earlier(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file) ? Optional.of(JSON.readTree(file.toFile())) : Optional.empty();
    }

    static boolean finished(JsonNode record) {
        return record.path(STATUS).asText().equals("finished");
    }

    RunRecord put(String name, Object value) {
        entries.put(name, value);
        return this;
    }

    /** Writes that the run goes on. */
    void running() throws IOException {
        entries.put(STATUS, "running");
        write();
    }

    /** Writes that the run has ended, with the metrics of every step. */
    void finished() throws IOException {
        entries.put(STATUS, "finished");
        List<JsonNode> steps = new ArrayList<>();
        for (String line : metricLines()) {
            steps.add(JSON.readTree(line));
        }
        entries.put("metrics", steps);
        write();
    }

    private void write() throws IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolve(FILE + ".tmp");
        PRETTY.writeValue(draft.toFile(), entries);
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> metricLines() throws IOException {
        Path file = folder.resolve(METRICS);
        return Files.exists(file) ? Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList() : List.of();
    }

    /** Keeps the metrics of the steps before this one: a resumed run does the others again. */
    void keepMetricsBefore(int step) throws IOException {
        List<String> kept = new ArrayList<>();
        for (String line : metricLines()) {
            try {
                if (JSON.readTree(line).path("step").asInt() < step) {
                    kept.add(line);
                }
            } catch (JsonProcessingException e) {
                // The last line of a killed run may be cut.
                break;
            }
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve(METRICS), kept);
    }

    /** Adds what was measured after the last step to that step's metrics; a resumed run replaces what it measures. */
    void addToLast(Map<String, Double> metrics) throws IOException {
        List<String> lines = new ArrayList<>(metricLines());
        if (!lines.isEmpty()) {
            ObjectNode last = (ObjectNode) JSON.readTree(lines.remove(lines.size() - 1));
            metrics.forEach(last::put);
            lines.add(JSON.writeValueAsString(last));
            Files.write(folder.resolve(METRICS), lines);
        }
    }

    void addMetrics(int step, Map<String, Double> metrics) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("step", step);
        // JSON has no numbers for infinity and "not a number".
        metrics.forEach((name, value) -> row.put(name, Double.isFinite(value) ? value : null));
        Files.writeString(folder.resolve(METRICS), JSON.writeValueAsString(row) + "\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
