package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
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
    record Reply(long row, String group, int sample, List<Message> conversation, String text) {
    }

    /**
     * Writes the replies that are not there yet; each depends on the seed, its prompt's place and its number alone, so
     * that going on gives what going through would have given.
     */
    static List<Reply> write(LanguageModel model, List<DataRow<List<Message>>> prompts, SamplingOptions options,
            RowsFile file, Progress progress, Interruption interruption) throws IOException {
        Sampling sampling = options.sampling();
        int total = prompts.size() * options.samples;
        progress.at(file.size(), total, "");
        for (int begin = 0; begin < prompts.size(); begin += CHUNK) {
            List<DataRow<List<Message>>> chunk = prompts.subList(begin, Math.min(prompts.size(), begin + CHUNK));
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
        return read(file, prompts, options.samples);
    }

    static List<Completion> answers(LanguageModel model, List<List<Message>> conversations, SamplingOptions options,
            Sampling sampling) {
        return model.generator().generate(conversations.stream().map(model::prompt).toList(), sampling,
                options.weights(model.weightType()), ProgressListener.SILENT);
    }

    private static List<Map<String, Object>> replies(LanguageModel model, List<DataRow<List<Message>>> prompts,
            SamplingOptions options, Sampling sampling) {
        List<List<Message>> conversations = new ArrayList<>();
        prompts.forEach(p -> {
            for (int i = 0; i < options.samples; i++) {
                conversations.add(p.value());
            }
        });
        List<Completion> completions = answers(model, conversations, options, sampling);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            Completion completion = completions.get(i);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", prompts.get(i / options.samples).number());
            row.put("sample", i % options.samples);
            row.put("prompt", json(conversations.get(i)));
            row.put("completion", Message.isText(conversations.get(i)) ? completion.text()
                    : List.of(Map.of("role", "assistant", "content", completion.text())));
            row.put("finish_reason", completion.finishReason());
            row.put("tokens", completion.tokens().length);
            row.put("log_probability", completion.logProbability());
            rows.add(row);
        }
        return rows;
    }

    private static List<Reply> read(RowsFile file, List<DataRow<List<Message>>> prompts, int samples) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < file.size(); i++) {
            DataRow<List<Message>> prompt = prompts.get(i / samples);
            replies.add(new Reply(prompt.number(), prompt.group(), i % samples, prompt.value(),
                    text(file.rows().get(i).path("completion"))));
        }
        return replies;
    }

    private static String text(JsonNode completion) {
        return completion.isTextual() ? completion.asText() : completion.path(0).path("content").asText();
    }

    /** As TRL writes it: a text as a text, turns as messages. */
    private static Object json(List<Message> conversation) {
        return Message.isText(conversation) ? conversation.get(0).content()
                : conversation.stream().map(m -> Map.of("role", m.role(), "content", m.content())).toList();
    }
}
