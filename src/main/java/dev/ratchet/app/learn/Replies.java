package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replies of a model to prompts, written as they come. */
final class Replies {
    /** Prompts of one piece of work: what an interruption can lose. */
    private static final int CHUNK = 32;

    private Replies() {
    }

    /** One reply as it was written. */
    record Reply(int row, String group, int sample, List<Message> conversation, String text) {
    }

    /**
     * Writes the replies that are not there yet; each depends on the seed, its prompt's place and its number alone, so
     * that going on gives what going through would have given.
     */
    static List<Reply> write(LanguageModel model, List<PromptRow> prompts, SamplingOptions options, RowsFile file,
            Progress progress, Interruption interruption) throws IOException {
        Sampling sampling = options.sampling();
        int total = prompts.size() * options.samples;
        progress.at(file.size(), total, "");
        for (int begin = 0; begin < prompts.size(); begin += CHUNK) {
            List<PromptRow> chunk = prompts.subList(begin, Math.min(prompts.size(), begin + CHUNK));
            int before = begin * options.samples;
            int missing = before + chunk.size() * options.samples - file.size();
            if (missing > 0) {
                interruption.check();
                List<Map<String, Object>> rows = replies(model, chunk, options,
                        sampling.withSeed(sampling.seed() * 1_000_003 + begin));
                file.add(rows.subList(rows.size() - missing, rows.size()));
                progress.at(file.size(), total, "");
            }
        }
        return read(file, prompts);
    }

    private static List<Map<String, Object>> replies(LanguageModel model, List<PromptRow> prompts,
            SamplingOptions options, Sampling sampling) {
        List<List<Message>> conversations = new ArrayList<>();
        prompts.forEach(p -> {
            for (int i = 0; i < options.samples; i++) {
                conversations.add(p.conversation());
            }
        });
        List<Completion> completions = model.generate(conversations, sampling, (done, all) -> { });
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            Completion completion = completions.get(i);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", prompts.get(i / options.samples).row());
            row.put("sample", i % options.samples);
            row.put("prompt", RowText.json(conversations.get(i)));
            row.put("completion", List.of(Map.of("role", "assistant", "content", completion.text())));
            row.put("finish_reason", completion.finishReason());
            row.put("tokens", completion.tokens().length);
            row.put("log_probability", completion.logProbability());
            rows.add(row);
        }
        return rows;
    }

    private static List<Reply> read(RowsFile file, List<PromptRow> prompts) {
        Map<Integer, String> groups = new LinkedHashMap<>();
        prompts.forEach(p -> groups.put(p.row(), p.group()));
        List<Reply> replies = new ArrayList<>();
        for (JsonNode row : file.rows()) {
            replies.add(new Reply(row.path("row").asInt(), groups.get(row.path("row").asInt()),
                    row.path("sample").asInt(), RowText.conversation(row.path("prompt")),
                    row.path("completion").path(0).path("content").asText()));
        }
        return replies;
    }
}
