package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.GgmlType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model as llama.cpp keeps it answers as the usual Python tools say. */
class GgufModelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SMOLLM2 = "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"F16", "Q8_0"})
    @Tag("slow")
    void smolLm2WritesTheSameGreedyTextAfterItWasWrittenAndReadBack(GgmlType type) throws IOException {
        JsonNode chats = JSON.readTree(Shared.path("golden/reference/smollm2-135m.json").toFile()).path("chat");
        Path file = folder.resolve("again.gguf");
        GgufExport.write(StoredModel.open(Shared.path(SMOLLM2)), file, type, "again", ProgressListener.SILENT);
        try (LanguageModel model = LanguageModel.load(file, ComputeType.FLOAT32)) {
            List<int[]> prompts = new ArrayList<>();
            chats.forEach(c -> prompts.add(JSON.convertValue(c.path("prompt_ids"), int[].class)));
            List<Completion> answers = model.generateTokens(prompts, Sampling.greedy(48), ProgressListener.SILENT);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).text())
                        .isEqualTo(chats.path(i).path("greedy_text").asText().replace("<|im_end|>", ""));
            }
        }
    }

    @Test
    void smolLm2AnswersAsTheReferenceDoes() throws IOException {
        JsonNode golden = JSON.readTree(Shared.path("golden/reference/smollm2-135m.json").toFile());
        try (LanguageModel model = LanguageModel.load(Shared.path(SMOLLM2), ComputeType.FLOAT32)) {
            for (JsonNode odd : golden.path("tokenizer")) {
                assertThat(model.tokenizer().encode(odd.path("text").asText()))
                        .isEqualTo(JSON.convertValue(odd.path("ids"), int[].class));
            }
            JsonNode chat = golden.at("/chat/0");
            int[] prompt = model.prompt(List.of(Message.user(chat.path("user").asText())));
            assertThat(prompt).isEqualTo(JSON.convertValue(chat.path("prompt_ids"), int[].class));
            int[][] greedy = replies(golden, model);
            for (int i = 0; i < greedy.length; i++) {
                assertThat(greedy[i]).isEqualTo(
                        JSON.convertValue(golden.path("chat").path(i).path("greedy_ids"), int[].class));
            }
            Row row = new Row(Arrays.copyOf(prompt, prompt.length - 1),
                    List.of(new int[] {prompt[prompt.length - 1]}));
            float[] logits = model.decoder().logits(List.of(row), ComputeType.FLOAT32);
            int vocabulary = model.config().vocabularySize();
            int last = (prompt.length - 1) * vocabulary;
            for (int i = 0; i < 16; i++) {
                int id = chat.path("top16_ids").path(i).asInt();
                assertThat((double) logits[last + id]).isCloseTo(chat.path("top16_logits").path(i).asDouble(),
                        within(2e-3));
            }
        }
    }

    @Test
    void whatSharesABatchOrAPromptChangesNoLogProbabilityOfSmolLm2() throws IOException {
        try (LanguageModel model = LanguageModel.load(Shared.path(SMOLLM2), ComputeType.FLOAT32)) {
            List<Row> rows = List.of(
                    row(model, "What is the capital of France?", "Paris.", "I would have to look that up for you."),
                    row(model, "Name a colour.", "Blue is a colour that many people like, and so is a warm, deep red.", "7"),
                    row(model, "Say hello to everybody who is in the room, in the words of a sailor of old.", "Ahoy!", "No"));
            double[] together = scores(model, rows);
            double[] alone = rows.stream().flatMapToDouble(row -> Arrays.stream(scores(model, List.of(row)))).toArray();
            double[] apart = rows.stream().flatMap(row -> row.continuations().stream()
                            .map(continuation -> new Row(row.prompt(), List.of(continuation))))
                    .flatMapToDouble(row -> Arrays.stream(scores(model, List.of(row)))).toArray();
            assertThat(together).containsExactly(alone, within(2e-4));
            assertThat(together).containsExactly(apart, within(2e-4));
        }
    }

    private static Row row(LanguageModel model, String asked, String one, String other) {
        return new Row(model.prompt(List.of(Message.user(asked))),
                List.of(model.tokenizer().encode(one), model.tokenizer().encode(other)));
    }

    private static double[] scores(LanguageModel model, List<Row> rows) {
        return model.decoder().evaluate(rows, Decoder.Head.TOKEN_LOG_PROBABILITY, ComputeType.FLOAT32);
    }

    /** What is drawn greedily for all chats in one batch, whose first must be the same alone. */
    private static int[][] replies(JsonNode golden, LanguageModel model) {
        List<int[]> prompts = new ArrayList<>();
        for (JsonNode chat : golden.path("chat")) {
            int[] prompt = model.prompt(List.of(Message.user(chat.path("user").asText())));
            assertThat(prompt).isEqualTo(JSON.convertValue(chat.path("prompt_ids"), int[].class));
            prompts.add(prompt);
        }
        List<Completion> replies = model.generateTokens(prompts, Sampling.greedy(48), ProgressListener.SILENT);
        assertThat(replies.get(0).text()).isEqualTo("The capital of France is Paris.");
        assertThat(model.generateTokens(prompts.subList(0, 1), Sampling.greedy(48), ProgressListener.SILENT).get(0)
                .drawn()).isEqualTo(replies.get(0).drawn());
        return replies.stream().map(Completion::drawn).toArray(int[][]::new);
    }
}
