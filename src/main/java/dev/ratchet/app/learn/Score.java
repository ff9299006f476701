package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.examples.Lint;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.WinRate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a reward model says of answers. */
@Command(name = "score", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Scores answers by a reward model: preference pairs (chosen, rejected), or replies (prompt,"
                + " completion) as generate writes them.",
        footer = {"", "Example: score --reward reward --data pairs.jsonl --out scores.jsonl"})
public final class Score implements Callable<Integer> {
    private static final int CHUNK = 64;

    @Spec
    private CommandSpec command;

    @Option(names = "--reward", required = true, paramLabel = "MODEL", description = "A reward model's folder, or the"
            + " folder of a LoRA adapter of one.")
    private String reward;

    @Option(names = "--data", required = true, paramLabel = "FILE",
            description = "JSON Lines of pairs or replies, also compressed (.gz).")
    private Path data;

    @Option(names = "--drop-refused", description = "Leave rows out that the lint refuses, instead of refusing the"
            + " data.")
    private boolean dropRefused;

    @Option(names = "--out", required = true, paramLabel = "FILE",
            description = "JSON Lines of scores: row with chosen and rejected, or with score.")
    private Path out;

    @Option(names = "--resume", description = "Keep the rows that are written already; the other options as before.")
    private boolean resume;

    @Mixin
    private ComputeOptions computing;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = command.commandLine().getOut();
        ComputeOptions.Compute compute = computing.resolve();
        Path path = Fetching.resolve(reward);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("reward", ModelDigest.of(path));
        settings.put("data", Digest.of(data));
        settings.put("compute", compute.type().name().toLowerCase(Locale.ROOT));
        List<Answers> rows;
        RowsFile file;
        try (Interruption interruption = Interruption.watch(); Progress progress = Progress.of("score");
                RewardModel model = RewardModel.load(path, compute.type())) {
            rows = Answers.read(data, Lint.of(model.encoder(), model.decoder().config().contextLength()), dropRefused);
            file = RowsFile.open(out, settings, resume);
            for (int begin = file.size(); begin < rows.size(); begin = file.size()) {
                interruption.check();
                // Whole chunks, so that batches are the same whether the run was interrupted or not.
                int from = begin / CHUNK * CHUNK;
                List<Answers> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
                List<Map<String, Object>> scored = scored(model, chunk);
                file.add(scored.subList(begin - from, scored.size()));
                progress.at(file.size(), rows.size(), "");
            }
        }
        summarise(rows, file, console);
        console.flush();
        return 0;
    }

    private static List<Map<String, Object>> scored(RewardModel model, List<Answers> chunk) {
        double[] scores = model.score(chunk.stream().flatMap(a -> a.judged().stream()).toList());
        List<Map<String, Object>> rows = new ArrayList<>();
        int at = 0;
        for (Answers each : chunk) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", each.row());
            if (each.judged().size() == 2) {
                row.put("chosen", scores[at++]);
                row.put("rejected", scores[at++]);
            } else {
                row.put("score", scores[at++]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static void summarise(List<Answers> rows, RowsFile file, PrintWriter console) {
        WinRate accuracy = new WinRate();
        double sum = 0;
        int single = 0;
        for (int i = 0; i < rows.size(); i++) {
            JsonNode scores = file.rows().get(i);
            if (scores.has("chosen")) {
                accuracy.compare(rows.get(i).group(), scores.path("chosen").asDouble(),
                        scores.path("rejected").asDouble());
            } else {
                sum += scores.path("score").asDouble();
                single++;
            }
        }
        if (accuracy.prompts() > 1) {
            Interval interval = accuracy.interval();
            console.printf(Locale.ROOT, "accuracy %.3f, 95%% interval %.3f to %.3f (%d pairs, %d prompts)%n",
                    interval.estimate(), interval.low(), interval.high(), accuracy.comparisons(), accuracy.prompts());
        }
        if (single > 0) {
            console.printf(Locale.ROOT, "mean score %.4f (%d answers)%n", sum / single, single);
        }
    }
}
