package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.Sampling;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A whole model: token ids of odd texts, prompts, largest logits, greedy replies, and log-probabilities of replies. */
record LanguageModelCheck(String item, Path file, ModelFolders models) implements Check {
    private static final double LOGITS = 2e-3;
    private static final double LOG_PROBABILITIES = 2e-2;

    @Override
    public void run(Comparison comparison) throws IOException {
        JsonNode root = ReferenceJson.read(file);
        Path path = models.find(ReferenceJson.text(root, "model"));
        try (LanguageModel model = LanguageModel.load(path, ComputeType.FLOAT32)) {
            for (JsonNode text : root.path("tokenizer")) {
                String source = ReferenceJson.text(text, "text");
                comparison.equal("token ids", ReferenceJson.ints(text, "ids"), model.tokenizer().encode(source),
                        "'" + source + "'");
            }
            for (JsonNode chat : root.path("chat")) {
                chat(comparison, model, chat);
            }
            for (JsonNode completion : root.path("completions")) {
                for (String reply : List.of("chosen", "rejected")) {
                    reply(comparison, model, completion, reply);
                }
            }
        }
    }

    private static void chat(Comparison comparison, LanguageModel model, JsonNode chat) throws IOException {
        String user = ReferenceJson.text(chat, "user");
        int[] prompt = ReferenceJson.ints(chat, "prompt_ids");
        comparison.equal("prompt ids", prompt, model.prompt(List.of(Message.user(user))), "'" + user + "'");
        float[] logits = model.decoder().logits(List.of(new Row(prompt, List.of(new int[] {0}))), ComputeType.FLOAT32);
        int vocabulary = model.config().vocabularySize();
        float[] last = Arrays.copyOfRange(logits, (prompt.length - 1) * vocabulary, prompt.length * vocabulary);
        int[] best = ReferenceJson.ints(chat, "top16_ids");
        float[] known = ReferenceJson.floats(chat, "top16_logits");
        for (int i = 0; i < best.length; i++) {
            comparison.close("largest logits", known[i], last[best[i]], LOGITS, "token " + best[i] + " after '" + user
                    + "'");
        }
        // No other token may be as likely as the least likely of those.
        Arrays.stream(best).forEach(token -> last[token] = Float.NEGATIVE_INFINITY);
        double excess = 0;
        for (float other : last) {
            excess = Math.max(excess, other - known[known.length - 1]);
        }
        comparison.close("other logits", 0, excess, LOGITS, "after '" + user + "'");
        int[] greedy = ReferenceJson.ints(chat, "greedy_ids");
        Completion reply = model.generateTokens(List.of(prompt), Sampling.greedy(greedy.length),
                ProgressListener.SILENT).get(0);
        int[] tokens = reply.tokens();
        String text = reply.text();
        boolean ended = greedy.length > 0 && model.config().endTokens().contains(greedy[greedy.length - 1]);
        if (reply.finishReason().equals("stop") && ended) {
            // The reference keeps the token that ends a reply, and its text.
            tokens = Arrays.copyOf(tokens, tokens.length + 1);
            tokens[tokens.length - 1] = greedy[greedy.length - 1];
            text += model.tokenizer().special(greedy[greedy.length - 1]);
        }
        comparison.equal("greedy tokens", greedy, tokens, "'" + user + "'");
        comparison.equal("greedy text", ReferenceJson.text(chat, "greedy_text"), text);
    }

    private static void reply(Comparison comparison, LanguageModel model, JsonNode completion, String reply)
            throws IOException {
        int[] prompt = ReferenceJson.ints(completion, "prompt_ids");
        int[] tokens = ReferenceJson.ints(completion, reply + "_ids");
        comparison.equal("prompt ids of replies", prompt,
                model.tokenizer().encode(ReferenceJson.text(completion, "prompt")), reply);
        int[] encoded = model.tokenizer().encode(ReferenceJson.text(completion, reply));
        comparison.equal("ids of replies", Arrays.copyOf(tokens, tokens.length - 1), encoded, reply);
        double known = ReferenceJson.number(completion, reply + "_log_probability");
        double[] own = model.logProbabilities(List.of(new Example(prompt, tokens)));
        comparison.close("log-probabilities of replies", known, own[0], LOG_PROBABILITIES, reply);
    }
}
