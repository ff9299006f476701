package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.StoredModel;
import dev.ratchet.lm.WeightType;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.WinRate;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** How often one model's answers beat another's, as a reward model sees it. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Lets two models answer the same prompts, scores the answers by a reward model, and says how"
                + " often the first one's is better, with a 95%% interval over prompts.",
        footer = {"", "Example: evaluate --model better --against base --reward reward --prompts prompts.jsonl --out"
                + " wins"})
public final class Evaluate implements Callable<Integer> {
    private static final int CHUNK = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec command;

    @Option(names = "--model", required = true, paramLabel = "MODEL",
            description = "A Hugging Face folder, a GGUF file, hf:owner/name[@revision], or a LoRA adapter's folder.")
    private String model;

    @Option(names = "--against", required = true, paramLabel = "MODEL", description = "The other model.")
    private String against;

    @Option(names = "--reward", required = true, paramLabel = "MODEL", description = "The reward model's folder.")
    private String reward;

    @Mixin
    private PromptOptions prompts;

    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder of the result: evaluation.json, and the rows of model.jsonl, against.jsonl,"
                    + " scores.jsonl.")
    private Path out;

    @Option(names = "--resume", description = "Keep the rows that are written already; the other options as before.")
    private boolean resume;

    @Mixin
    private SamplingOptions sampling;

    @Mixin
    private ComputeOptions computing;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = command.commandLine().getOut();
        if (prompts.file == null) {
            throw new Refusal("--prompts is missing: the file of prompts that both models answer.");
        }
        sampling.sampling();
        sampling.weights(WeightType.FLOAT32);
        if (Files.exists(out.resolve("evaluation.json")) && !resume) {
            throw new Refusal(out + " holds an evaluation already: --resume goes on with it, or name another --out.");
        }
        List<DataRow<List<Message>>> rows = prompts.read(shape(model), shape(against));
        ComputeType type = computing.resolve().type();
        try (Interruption interruption = Interruption.watch()) {
            List<Replies.Reply> first = answers("model", model, rows, type, interruption);
            List<Replies.Reply> second = answers("against", against, rows, type, interruption);
            summarise(first, scores(first, second, type, interruption), console);
        }
        console.flush();
        return 0;
    }

    private static ModelOptions.Shape shape(String model) throws IOException {
        Path path = Fetching.resolve(model);
        StoredModel stored = StoredModel.open(AdapterFolder.is(path) ? AdapterFolder.basePath(path) : path);
        return new ModelOptions.Shape(stored.config(), stored.encoder());
    }

    private List<Replies.Reply> answers(String side, String source, List<DataRow<List<Message>>> rows, ComputeType type,
            Interruption interruption) throws IOException {
        Path path = Fetching.resolve(source);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("model", ModelDigest.of(path));
        settings.put("prompts", Digest.of(prompts.file));
        settings.put("limit", prompts.limit);
        settings.put("sampling", sampling.description());
        settings.put("compute", type.name().toLowerCase(Locale.ROOT));
        RowsFile file = RowsFile.open(out.resolve(side + ".jsonl"), settings, resume);
        try (Progress progress = Progress.of(side); LanguageModel loaded = LanguageModel.load(path, type)) {
            return Replies.write(loaded, rows, sampling, file, progress, interruption);
        }
    }

    private RowsFile scores(List<Replies.Reply> first, List<Replies.Reply> second, ComputeType type,
            Interruption interruption) throws IOException {
        Path path = Fetching.resolve(reward);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("reward", ModelDigest.of(path));
        settings.put("model", Digest.of(out.resolve("model.jsonl")));
        settings.put("against", Digest.of(out.resolve("against.jsonl")));
        settings.put("compute", type.name().toLowerCase(Locale.ROOT));
        RowsFile file = RowsFile.open(out.resolve("scores.jsonl"), settings, resume);
        try (Progress progress = Progress.of("score"); RewardModel judge = RewardModel.load(path, type)) {
            while (file.size() < first.size()) {
                interruption.check();
                int from = file.size() / CHUNK * CHUNK;
                int to = Math.min(first.size(), from + CHUNK);
                List<Map<String, Object>> scored = scored(judge, first.subList(from, to), second.subList(from, to));
                file.add(scored.subList(file.size() - from, scored.size()));
                progress.at(file.size(), first.size(), "");
            }
        }
        return file;
    }

    private static List<Map<String, Object>> scored(RewardModel judge, List<Replies.Reply> first,
            List<Replies.Reply> second) {
        List<Judged> judged = new ArrayList<>();
        first.forEach(r -> judged.add(new Judged(r.conversation(), r.text())));
        second.forEach(r -> judged.add(new Judged(r.conversation(), r.text())));
        double[] scores = judge.scoreTruncated(judged);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", first.get(i).row());
            row.put("sample", first.get(i).sample());
            row.put("model", scores[i]);
            row.put("against", scores[first.size() + i]);
            rows.add(row);
        }
        return rows;
    }

    private void summarise(List<Replies.Reply> replies, RowsFile scores, PrintWriter console) throws IOException {
        WinRate wins = new WinRate();
        for (int i = 0; i < replies.size(); i++) {
            JsonNode row = scores.rows().get(i);
            wins.compare(replies.get(i).group(), row.path("model").asDouble(), row.path("against").asDouble());
        }
        if (wins.prompts() < 2) {
            throw new Refusal("A win rate needs at least two different prompts, not " + wins.prompts() + ".");
        }
        Interval rate = wins.interval();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", ModelDigest.of(Fetching.resolve(model)));
        result.put("against", ModelDigest.of(Fetching.resolve(against)));
        result.put("reward", ModelDigest.of(Fetching.resolve(reward)));
        result.put("prompts", wins.prompts());
        result.put("comparisons", wins.comparisons());
        result.put("sampling", sampling.description());
        result.put("win_rate", HeldOutScores.entries(rate));
        JSON.writerWithDefaultPrettyPrinter().writeValue(out.resolve("evaluation.json").toFile(), result);
        console.println(RunOptions.said("win rate", rate) + " (" + wins.comparisons() + " comparisons, "
                + wins.prompts()
                + " prompts)");
    }
}
