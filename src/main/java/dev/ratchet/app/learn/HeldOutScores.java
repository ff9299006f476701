package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.WinRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model says of both answers of each held-out pair, and how often it prefers the chosen one. */
record HeldOutScores(List<Row> rows) {
    static final String FILE = "heldout.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One pair: its line in the data, its group as a digest, and the score of each answer. */
    record Row(long row, String group, double chosen, double rejected) {
        /** 1 where the chosen answer scores higher, a half for a tie. */
        double right() {
            return (1 + Math.signum(chosen - rejected)) / 2;
        }
    }

    HeldOutScores {
        rows = List.copyOf(rows);
    }

    /** @param scores of the chosen and the rejected answer of each pair in turn */
    static HeldOutScores of(List<? extends DataRow<?>> pairs, double[] scores) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            rows.add(new Row(pairs.get(i).number(), pairs.get(i).group(), scores[2 * i], scores[2 * i + 1]));
        }
        return new HeldOutScores(rows);
    }

    /** The share of pairs whose chosen answer scores higher, clustered by prompt, with its 95% interval. */
    Interval accuracy() {
        WinRate rate = new WinRate();
        rows.forEach(r -> rate.compare(r.group(), r.chosen(), r.rejected()));
        return rate.interval();
    }

    /** Mean of chosen minus rejected score. */
    Interval margin() {
        ClusteredMean mean = new ClusteredMean();
        rows.forEach(r -> mean.add(r.group(), r.chosen() - r.rejected()));
        return mean.interval();
    }

    /**
     * This accuracy minus another's on the same pairs, paired by row and clustered by prompt.
     *
     * @throws Refusal where the pairs differ
     */
    Interval minus(HeldOutScores other) {
        Map<Long, Row> theirs = new LinkedHashMap<>();
        other.rows.forEach(r -> theirs.put(r.row(), r));
        ClusteredMean difference = new ClusteredMean();
        for (Row row : rows) {
            Row same = theirs.remove(row.row());
            if (same == null || !same.group().equals(row.group())) {
                throw new Refusal("Row " + row.row() + " is not held out on both sides: use the same --data, --held-out"
                        + " and --split-seed.");
            }
            difference.add(row.group(), row.right() - same.right());
        }
        if (!theirs.isEmpty()) {
            throw new Refusal("The other side holds out " + theirs.size() + " rows more: use the same --data,"
                    + " --held-out and --split-seed.");
        }
        return difference.interval();
    }

    /** For a record: rows, prompts, accuracy and margin with their intervals. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("rows", rows.size());
        summary.put("prompts", rows.stream().map(Row::group).distinct().count());
        summary.put("accuracy", entries(accuracy()));
        summary.put("margin", entries(margin()));
        return summary;
    }

    /** For a step's metrics. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>(metrics("heldout_accuracy", accuracy()));
        metrics.putAll(metrics("heldout_margin", margin()));
        return metrics;
    }

    static Map<String, Double> metrics(String name, Interval interval) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(name, interval.estimate());
        metrics.put(name + "_low95", interval.low());
        metrics.put(name + "_high95", interval.high());
        return metrics;
    }

    static Map<String, Double> entries(Interval interval) {
        Map<String, Double> entries = new LinkedHashMap<>();
        entries.put("estimate", interval.estimate());
        entries.put("low95", interval.low());
        entries.put("high95", interval.high());
        return entries;
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> entries = new LinkedHashMap<>();
            entries.put("row", row.row());
            entries.put("group", row.group());
            entries.put("chosen", row.chosen());
            entries.put("rejected", row.rejected());
            lines.add(JSON.writeValueAsString(entries));
        }
        Files.write(file, lines);
    }

    static HeldOutScores read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode row = JSON.readTree(line);
            rows.add(new Row(row.path("row").asLong(), row.path("group").asText(), row.path("chosen").asDouble(),
                    row.path("rejected").asDouble()));
        }
        return new HeldOutScores(rows);
    }
}
