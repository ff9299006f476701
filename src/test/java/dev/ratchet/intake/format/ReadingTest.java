package dev.ratchet.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.ParquetWriter;
import dev.ratchet.intake.format.Reading.Outcome;
import dev.ratchet.lm.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in the exact layout of each tool are recognised and read; what cannot be used says where it stands and why. */
class ReadingTest {
    @TempDir
    Path folder;

    private Detection.Detected detected;

    @Test
    void readsTrlPreferencesWithTheirPromptApart() throws IOException {
        Entry text = only("p.jsonl", "{\"prompt\": \"The sky is\", \"chosen\": \" blue.\", \"rejected\": \" green.\"}");
        assertThat(detected.mapping().format()).isEqualTo(Format.TRL_PREFERENCE);
        assertThat(text.prompt()).containsExactly(Message.user("The sky is"));
        assertThat(preferred(text)).containsExactly(" blue. > ", " green.");
        Entry chat = only("p.jsonl", """
                {"prompt": [{"role": "user", "content": "Hi"}], "chosen": [{"role": "assistant", "content": "Hello!"}],\
                 "rejected": [{"role": "assistant", "content": "What?"}]}""");
        assertThat(chat.prompt()).containsExactly(Message.user("Hi"));
        assertThat(preferred(chat)).containsExactly("Hello! > ", "What?");
    }

    @Test
    void readsTrlPreferencesWhosePromptIsInBothAnswers() throws IOException {
        Entry text = only("p.jsonl", "{\"chosen\": \"The sky is blue.\", \"rejected\": \"The sky is green.\"}");
        assertThat(text.prompt().get(0).content()).startsWith("The sky is");
        Entry chat = only("p.jsonl", """
                {"chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}],\
                 "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "What?"}]}""");
        assertThat(chat.prompt()).containsExactly(Message.user("Hi"));
        assertThat(preferred(chat)).containsExactly("Hello! > ", "What?");
    }

    @Test
    void readsTranscriptsOfHumanAndAssistant() throws IOException {
        Entry entry = only("hh.jsonl", """
                {"chosen": "\\n\\nHuman: Hi\\n\\nAssistant: Yes?\\n\\nHuman: Help me\\n\\nAssistant: Gladly.",\
                 "rejected": "\\n\\nHuman: Hi\\n\\nAssistant: Yes?\\n\\nHuman: Help me\\n\\nAssistant: No."}""");
        assertThat(detected.mapping().format()).isEqualTo(Format.HH_RLHF);
        assertThat(entry.prompt()).containsExactly(
                Message.user("Hi"), Message.assistant("Yes?"), Message.user("Help me"));
        assertThat(preferred(entry)).containsExactly("Gladly. > ", "No.");
    }

    @Test
    void readsUltraFeedback() throws IOException {
        Entry entry = only("uf.jsonl", """
                {"prompt": "Why?", "prompt_id": "ab12", "chosen": [{"content": "Why?", "role": "user"}, {"content":\
                 "Because.", "role": "assistant"}], "rejected": [{"content": "Why?", "role": "user"}, {"content": "No.",\
                 "role": "assistant"}], "messages": [{"content": "Why?", "role": "user"}, {"content": "Because.",\
                 "role": "assistant"}], "score_chosen": 8.5, "score_rejected": 3.0}""");
        assertThat(detected.mapping().format()).isEqualTo(Format.ULTRAFEEDBACK);
        assertThat(entry.prompt()).containsExactly(Message.user("Why?"));
        assertThat(preferred(entry)).containsExactly("Because. > ", "No.");
    }

    @Test
    void ordersHelpSteersAnswersOfOnePrompt() throws IOException {
        String row = "{\"prompt\": \"%s\", \"response\": \"%s\", \"helpfulness\": %d, \"correctness\": 3,"
                + " \"coherence\": 4, \"complexity\": 1, \"verbosity\": 2}\n";
        String turns = "c sharp?\\n<extra_id_1>Assistant\\nYes?\\n<extra_id_1>User\\nHow?";
        List<Outcome> outcomes = read("hs.jsonl", row.formatted(turns, "So.", 2) + row.formatted(turns, "Thus.", 4)
                + row.formatted("Other", "Alone.", 1));
        assertThat(detected.mapping().format()).isEqualTo(Format.HELPSTEER2);
        assertThat(outcomes).extracting(Outcome::number).containsExactly(2L, 3L);
        Entry pair = outcomes.get(0).entries().get(0);
        assertThat(pair.prompt()).containsExactly(
                Message.user("c sharp?"), Message.assistant("Yes?"), Message.user("How?"));
        assertThat(preferred(pair)).containsExactly("Thus. > ", "So.");
        assertThat(pair.replies().get(0).scores()).containsEntry("verbosity", 2.0).hasSize(5);
        assertThat(outcomes.get(1).entries().get(0).pairs()).isEmpty();
    }

    @Test
    void readsArgillasRankingsLabelsAndCorrections() throws IOException {
        List<Outcome> outcomes = read("argilla.json", """
                [{"id": "1", "status": "completed", "fields": {"prompt": "Why?", "response-1": "A", "response-2": "B"},
                  "metadata": {}, "suggestions": {}, "vectors": {}, "responses": {"ranking": [
                    {"user_id": "u", "status": "submitted", "value": [{"value": "response-2", "rank": 1},
                     {"value": "response-1", "rank": 2}]}],
                   "corrected-response": [{"user_id": "u", "status": "submitted", "value": "C"}]}},
                 {"fields": {"prompt": "Why?", "response-1": "A", "response-2": "B"}, "suggestions": [],
                  "responses": [{"user_id": "u", "status": "submitted", "values": {"best": {"value": "response-1"}}},
                   {"user_id": "v", "status": "submitted", "values": {"best": {"value": "response-1"}}},
                   {"user_id": "w", "status": "submitted", "values": {"best": {"value": "response-2"}}},
                   {"user_id": "x", "status": "discarded", "values": {"best": {"value": "response-2"}}}]}]
                """);
        assertThat(detected.mapping().container()).isEqualTo(Container.JSON_ARRAY);
        assertThat(detected.mapping().format()).isEqualTo(Format.ARGILLA);
        Entry ranked = outcomes.get(0).entries().get(0);
        assertThat(preferred(ranked)).containsExactly("B > ", "A");
        assertThat(ranked.replies().get(ranked.demonstration()).text()).isEqualTo("C");
        Entry labelled = outcomes.get(1).entries().get(0);
        assertThat(preferred(labelled)).containsExactly("A > ", "B");
        assertThat(labelled.pairs().get(0).weight()).isEqualTo(2.0 / 3);
    }

    @Test
    void readsLabelStudiosComparisons() throws IOException {
        List<Outcome> outcomes = read("project-1.json", """
                [{"id": 1, "data": {"prompt": "Why?", "answer1": "A", "answer2": "B"}, "annotations": [{"id": 7,
                  "was_cancelled": false, "result": [{"from_name": "pw", "to_name": "answer1,answer2",
                  "type": "pairwise", "value": {"selected": "right"}}]}, {"id": 8, "was_cancelled": true, "result": [
                  {"type": "pairwise", "value": {"selected": "left"}}]}]},
                 {"id": 2, "data": {"prompt": "Write", "text": "Draft"}, "annotations": [{"result": [{"type": "textarea",
                  "from_name": "answer", "to_name": "prompt", "value": {"text": ["Better"]}}]}]}]
                """);
        assertThat(detected.mapping().format()).isEqualTo(Format.LABEL_STUDIO);
        assertThat(preferred(outcomes.get(0).entries().get(0))).containsExactly("B > ", "A");
        Entry written = outcomes.get(1).entries().get(0);
        assertThat(written.replies().get(written.demonstration()).text()).isEqualTo("Better");
    }

    @Test
    void readsChatLogsAsDemonstrationsPromptsAndPairs() throws IOException {
        List<Outcome> outcomes = read("chat.jsonl", """
                {"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": [{"type": "text",\
                 "text": "Hi"}]}, {"role": "assistant", "content": "Hello!"}]}
                {"messages": [{"role": "user", "content": "Hi?"}]}
                {"input": {"messages": [{"role": "user", "content": "Hi!"}]}, "preferred_output": [{"role": "assistant",\
                 "content": "Hello!"}], "non_preferred_output": [{"role": "assistant", "content": "What?"}]}
                {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{}],\
                 "content": ""}]}
                """);
        assertThat(detected.mapping().format()).isEqualTo(Format.CHAT);
        Entry demonstration = outcomes.get(0).entries().get(0);
        assertThat(demonstration.prompt()).containsExactly(new Message("system", "Be kind."), Message.user("Hi"));
        assertThat(demonstration.demonstration()).isZero();
        assertThat(outcomes.get(1).entries().get(0).replies()).isEmpty();
        assertThat(preferred(outcomes.get(2).entries().get(0))).containsExactly("Hello! > ", "What?");
        assertThat(outcomes.get(3).fault()).contains("calls tools");
    }

    @Test
    void readsOpenAssistantsTrees() throws IOException {
        Outcome tree = read("oasst.jsonl", """
                {"message_tree_id": "t", "tree_state": "ready_for_export", "prompt": {"message_id": "t", "text": "Why?",\
                 "role": "prompter", "lang": "en", "replies": [{"text": "B", "role": "assistant", "rank": 1, "replies":\
                 []}, {"text": "A", "role": "assistant", "rank": 0, "replies": [{"text": "And?", "role": "prompter",\
                 "replies": [{"text": "So.", "role": "assistant", "rank": null, "replies": []}]}]}]}}
                """).get(0);
        assertThat(detected.mapping().format()).isEqualTo(Format.OPENASSISTANT);
        assertThat(preferred(tree.entries().get(0))).containsExactly("A > ", "B");
        assertThat(tree.entries().get(0).extras().tags()).containsExactly("en");
        assertThat(tree.entries().get(1).prompt()).containsExactly(
                Message.user("Why?"), Message.assistant("A"), Message.user("And?"));
        assertThat(tree.entries().get(1).pairs()).isEmpty();
    }

    @Test
    void readsDocumentsAndPrompts() throws IOException {
        assertThat(only("d.jsonl", "{\"text\": \"A manual.\"}").document()).isEqualTo("A manual.");
        List<Outcome> paragraphs = read("manual.txt", "\n\nOne\nmore.\n\n\nTwo.\n");
        assertThat(paragraphs).extracting(Outcome::line).containsExactly(3L, 7L);
        assertThat(paragraphs.get(0).entries().get(0).document()).isEqualTo("One\nmore.");
        Entry prompt = only("p.jsonl", "{\"prompt\": \"Why?\", \"tags\": [\"DE\", \"law\"], \"split\": \"test\","
                + " \"split_group\": \"why\"}");
        assertThat(detected.mapping().format()).isEqualTo(Format.PROMPTS);
        assertThat(prompt.extras()).isEqualTo(new Entry.Extras("why", "eval", List.of("de", "law")));
    }

    @Test
    void readsCsvByColumnsWhateverTheyAreCalled() throws IOException {
        List<Outcome> outcomes = read("x.csv", "\uFEFFquestion;good;bad;note\n\"Why?\nReally\";Because;=1+1;x\nHow?;a\n");
        assertThat(detected.mapping().separator()).isEqualTo(';');
        assertThat(detected.mapping().columns())
                .isEqualTo(Map.of("prompt", "question", "chosen", "good", "rejected", "bad"));
        assertThat(detected.columns()).contains(new Detection.Column("bad", "=1+1"));
        Entry entry = outcomes.get(0).entries().get(0);
        assertThat(entry.prompt()).containsExactly(Message.user("Why?\nReally"));
        assertThat(preferred(entry)).containsExactly("Because > ", "=1+1");
        assertThat(outcomes.get(1).fault()).isEqualTo("the row has 2 cells, the first line names 4");
        assertThat(outcomes.get(1).line()).isEqualTo(4);
    }

    @Test
    void comparesScoredAnswersOfNeighbouringRows() throws IOException {
        List<Outcome> outcomes = read("kto.jsonl", """
                {"prompt": "Why?", "completion": "Because.", "label": true}
                {"prompt": "Why?", "completion": "No.", "label": false}
                """);
        assertThat(detected.mapping().format()).isEqualTo(Format.COLUMNS);
        assertThat(preferred(outcomes.get(0).entries().get(0))).containsExactly("Because. > ", "No.");
        Entry learned = only("sft.jsonl", "{\"prompt\": \"Why?\", \"completion\": \"Because.\"}");
        assertThat(learned.demonstration()).isZero();
    }

    @Test
    void readsWhatIsPacked() throws IOException {
        Path file = folder.resolve("p.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"prompt\": \"Why?\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(file)).hasSize(1);
        byte[] packed = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(packed, packed.length - 9));
        assertThat(read(file)).extracting(Outcome::fault).last().asString().contains("cannot be read from here on");
    }

    @Test
    void readsParquet() throws IOException {
        Path file = folder.resolve("p.parquet");
        MessageType schema = new MessageType("row",
                Types.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("prompt"),
                Types.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("response"),
                Types.required(PrimitiveTypeName.INT32).named("helpfulness"));
        try (ParquetWriter<Integer> writer = ParquetWriter.writeFile(schema, file.toFile(), (score, row) -> {
            row.write("prompt", "Why?");
            row.write("response", "Answer " + score);
            row.write("helpfulness", score);
        })) {
            writer.write(3);
            writer.write(1);
        }
        List<Outcome> outcomes = read(file);
        assertThat(detected.mapping().container()).isEqualTo(Container.PARQUET);
        assertThat(detected.mapping().format()).isEqualTo(Format.HELPSTEER2);
        assertThat(preferred(outcomes.get(0).entries().get(0))).containsExactly("Answer 3 > ", "Answer 1");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 200));
        assertThat(read(file)).extracting(Outcome::fault).singleElement().asString().contains("cannot be read");
    }

    @Test
    void goesOnWhereItStopped() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int row = 1; row <= 9; row++) {
            rows.append("{\"prompt\": \"Number " + row + "\"}\n").append(row % 3 == 0 ? "\n" : "");
        }
        Path file = file("p.jsonl", rows.toString());
        List<Outcome> all = read(file);
        for (Outcome outcome : all) {
            List<Outcome> rest = new ArrayList<>();
            try (Reading reading = Reading.open(file, detected.mapping(), Limits.STANDARD, outcome.number())) {
                for (Outcome next = reading.next(); next != null; next = reading.next()) {
                    rest.add(next);
                }
            }
            assertThat(rest).isEqualTo(all.subList(all.indexOf(outcome) + 1, all.size()));
        }
    }

    @Test
    void rejectsHostileRowsAndReadsTheOthers() throws IOException {
        String deep = "{\"prompt\": " + "[".repeat(200) + "]".repeat(200) + "}";
        Path file = folder.resolve("h.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (String row : List.of("{\"prompt\": \"Good\"}", "no json", "{\"prompt\": \"a\\u0000b\"}", deep,
                    "{\"prompt\": \"" + "x".repeat(5_000) + "\"}", "{\"prompt\": \"a\", \"prompt\": \"b\"}", "[1]",
                    "{\"prompt\": \"a\\ud800\"}", "{\"prompt\": \" \"}", "{\"prompt\": \"" + "y".repeat(2_000) + "\"}",
                    "{\"prompt\": 1e999999999}")) {
                out.write(row.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
            out.write(new byte[] {'{', '"', (byte) 0xC3, '(', '}', '\n'});
            out.write("{\"prompt\": \"Last\"}".getBytes(StandardCharsets.UTF_8));
        }
        List<Outcome> outcomes = read(file, new Limits(4_000, 1_000, 64, 1 << 20, 200));
        assertThat(outcomes.stream().filter(outcome -> outcome.fault() == null).map(Outcome::line))
                .containsExactly(1L, 13L);
        assertThat(outcomes.subList(1, 12)).extracting(Outcome::line)
                .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(outcomes.get(2).fault()).contains("NUL");
        assertThat(outcomes.get(3).fault()).contains("nesting");
        assertThat(outcomes.get(4).fault()).contains("more than 4000");
        assertThat(outcomes.get(4).text()).hasSizeLessThan(2_100);
        assertThat(outcomes.get(9).fault()).contains("String");
        assertThat(outcomes.get(11).fault()).contains("UTF-8");
    }

    @Test
    void stopsAtABombAndSaysWhatCameBefore() throws IOException {
        Path file = folder.resolve("bomb.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"prompt\": \"Good\"}\n".getBytes(StandardCharsets.UTF_8));
            byte[] line = ("{\"prompt\": \"" + "x".repeat(1_000) + "\"}\n").getBytes(StandardCharsets.UTF_8);
            for (int count = 0; count < 1_000; count++) {
                out.write(line);
            }
        }
        List<Outcome> outcomes = read(file, new Limits(1 << 20, 1 << 20, 64, 100_000, 200));
        assertThat(outcomes.get(0).fault()).isNull();
        assertThat(outcomes.get(outcomes.size() - 1).fault()).contains("larger than 100000 bytes");
        String open = "prompt,chosen,rejected\nWhy?,\"never closed" + "x".repeat(50_000) + "\n";
        List<Outcome> csv = read(file("open.csv", open), new Limits(1 << 20, 10_000, 64, 1 << 20, 200));
        assertThat(csv).extracting(Outcome::fault).last().asString().contains("quotation mark");
        List<Outcome> array = read("a.json", "[{\"prompt\": \"Good\"}, {\"prompt\": ");
        assertThat(array.get(0).fault()).isNull();
        assertThat(array.get(1).fault()).contains("cannot be read from here on");
    }

    private static List<String> preferred(Entry entry) {
        List<String> said = new ArrayList<>();
        for (Entry.Preferred pair : entry.pairs()) {
            said.add(entry.replies().get(pair.chosen()).text() + " > ");
            said.add(entry.replies().get(pair.rejected()).text());
        }
        return said;
    }

    private Entry only(String name, String content) throws IOException {
        List<Outcome> outcomes = read(name, content);
        assertThat(outcomes).singleElement().satisfies(outcome -> assertThat(outcome.fault()).isNull());
        return outcomes.get(0).entries().get(0);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<Outcome> read(String name, String content) throws IOException {
        return read(file(name, content));
    }

    private List<Outcome> read(Path file) throws IOException {
        return read(file, Limits.STANDARD);
    }

    private List<Outcome> read(Path file, Limits limits) throws IOException {
        detected = Detection.detect(file, file.getFileName().toString(), 1, limits);
        List<Outcome> outcomes = new ArrayList<>();
        try (Reading reading = Reading.open(file, detected.mapping(), limits, 0)) {
            for (Outcome next = reading.next(); next != null; next = reading.next()) {
                outcomes.add(next);
            }
        }
        return outcomes;
    }
}
