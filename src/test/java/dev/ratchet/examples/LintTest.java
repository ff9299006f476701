package dev.ratchet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.UnpairedExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
    @TempDir
    Path folder;

    /** Rows of a file, written with single quotes. */
    private Path file(String... rows) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), String.join("\n", rows).replace('\'', '"') + "\n");
    }

    private PreferencePair pair(String row) throws IOException {
        return Lint.ofTexts().preferences(file(row)).orFail().values().get(0);
    }

    private Problem problem(String row) throws IOException {
        Linted<PreferencePair> linted = Lint.ofTexts().preferences(file(row));
        assertThat(linted.rows()).isEmpty();
        return linted.problems().get(0);
    }

    @Test
    void aPromptOfItsOwnIsText() throws IOException {
        assertThat(pair("{'prompt': 'The sky is', 'chosen': ' blue.', 'rejected': ' green.', 'weight': 0.5, 'margin': 2}"))
                .isEqualTo(new PreferencePair(List.of(Message.text("The sky is")), " blue.", " green.", 0.5, 2));
    }

    @ParameterizedTest
    @CsvSource({"The sky is blue.,The sky is green.,The sky is, blue., green.",
            "ab blue,ab bland,ab bl,ue,and",
            "ab,abc,a,b,bc",
            "x 🙂!,x 🙃!,x, 🙂!, 🙃!"})
    void aSharedBeginningIsThePromptAsTrlCutsIt(String chosen, String rejected, String prompt, String better,
            String worse) throws IOException {
        PreferencePair pair = pair("{'chosen': '" + chosen + "', 'rejected': '" + rejected + "'}");
        // The reader of the table strips the space with which answers begin.
        assertThat(pair.conversation()).isEqualTo(List.of(Message.text(prompt)));
        assertThat(pair.chosen().strip()).isEqualTo(better.strip());
        assertThat(pair.rejected().strip()).isEqualTo(worse.strip());
        assertThat(prompt + pair.chosen()).isEqualTo(chosen);
    }

    @Test
    void conversationsAreReadWithAndWithoutAPromptOfTheirOwn() throws IOException {
        PreferencePair expected = new PreferencePair(List.of(new Message("system", "s"), Message.user("q")), "a", "b");
        assertThat(pair("{'prompt': [{'role': 'system', 'content': 's'}, {'role': 'user', 'content': 'q'}], 'chosen':"
                + " [{'role': 'assistant', 'content': 'a'}], 'rejected': [{'role': 'assistant', 'content': 'b'}]}"))
                .isEqualTo(expected);
        assertThat(pair("{'chosen': [{'role': 'system', 'content': 's'}, {'role': 'user', 'content': 'q'}, {'role':"
                + " 'assistant', 'content': 'a'}], 'rejected': [{'role': 'system', 'content': 's'}, {'role': 'user',"
                + " 'content': 'q'}, {'role': 'assistant', 'content': 'b'}]}")).isEqualTo(expected);
    }

    @Test
    void dialoguesOfHumanAndAssistantBecomeConversations() throws IOException {
        PreferencePair expected = new PreferencePair(
                List.of(Message.user("q"), Message.assistant("r"), Message.user("s")), "a", "b");
        String shared = "\\n\\nHuman: q\\n\\nAssistant: r \\n\\nHuman: s\\n\\nAssistant:";
        assertThat(pair("{'chosen': '" + shared + " a', 'rejected': '" + shared + " b'}")).isEqualTo(expected);
        assertThat(pair("{'prompt': '" + shared + "', 'chosen': ' a', 'rejected': ' b'}")).isEqualTo(expected);
        Problem parted = problem("{'chosen': '\\n\\nHuman: q\\n\\nAssistant: a\\n\\nHuman: t\\n\\nAssistant: a',"
                + " 'rejected': '\\n\\nHuman: q\\n\\nAssistant: b'}");
        assertThat(parted.fault()).isEqualTo(Fault.SEVERAL_TURNS);
        assertThat(problem("{'chosen': '\\n\\nHuman: q\\n\\nAssistant: a', 'rejected': '\\n\\nHuman: r\\n\\nAssistant: b'}")
                .fault()).isEqualTo(Fault.NO_SHARED_PROMPT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'prompt': 'p', 'chosen': 'a' | MALFORMED_JSON",
            "['prompt'] | MALFORMED_JSON",
            "{'prompt': 'p', 'prompt': 'q', 'chosen': 'a', 'rejected': 'b'} | MALFORMED_JSON",
            "{'prompt': 'p', 'chosen': 'a'} | MISSING_FIELD",
            "{'prompt': 'p', 'chosen': 'a', 'rejected': null} | MISSING_FIELD",
            "{'prompt': 'p', 'chosen': 'a', 'rejected': 3} | WRONG_TYPE",
            "{'prompt': 'p', 'chosen': 'a', 'rejected': 'b', 'weight': 0} | WRONG_TYPE",
            "{'prompt': 'p', 'chosen': 'a', 'rejected': 'b', 'weight': '1'} | WRONG_TYPE",
            "{'prompt': 'p', 'chosen': 'a', 'rejected': 'b', 'margin': -1} | WRONG_TYPE",
            "{'prompt': [{'role': 'user', 'content': 'p'}], 'chosen': [{'role': 'user', 'content': 'a'}], 'rejected': 'b'} | WRONG_TYPE",
            "{'prompt': [{'role': 'wizard', 'content': 'p'}], 'chosen': 'a', 'rejected': 'b'} | WRONG_TYPE",
            "{'prompt': [{'role': 'user', 'content': ['p']}], 'chosen': 'a', 'rejected': 'b'} | WRONG_TYPE",
            "{'prompt': 'p', 'chosen': 'a', 'rejected': 'a '} | IDENTICAL_ANSWERS",
            "{'chosen': 'a', 'rejected': 'a'} | IDENTICAL_ANSWERS",
            "{'prompt': 'p', 'chosen': ' ', 'rejected': 'a'} | EMPTY_ANSWER",
            "{'chosen': '', 'rejected': 'a'} | EMPTY_ANSWER",
            "{'prompt': '', 'chosen': 'b', 'rejected': 'a'} | EMPTY_PROMPT",
            "{'chosen': 'blue', 'rejected': 'green'} | NO_SHARED_PROMPT"})
    void aRowThatCannotBeLearnedFromIsRefusedWithItsReason(String row, Fault fault) throws IOException {
        Problem problem = problem(row);
        assertThat(problem.fault()).isEqualTo(fault);
        assertThat(problem.reason()).isNotBlank();
    }

    @Test
    void everyProblemIsCountedAndNamedByItsRow() throws IOException {
        Path file = file("{'prompt': 'p', 'chosen': 'a', 'rejected': 'b'}", "", "nonsense",
                "{'prompt': 'p', 'chosen': 'a', 'rejected': 'a'}", "{'prompt': 'p', 'chosen': 'a', 'rejected': 'b'}",
                "{'prompt': 'p', 'chosen': 'b', 'rejected': 'a'}");
        Linted<PreferencePair> linted = Lint.ofTexts().preferences(file);
        assertThat(linted.rows()).extracting(Numbered::row).containsExactly(1L, 5L, 6L);
        assertThat(linted.summary()).isEqualTo("""
                rows.jsonl: 3 of 5 rows can be learned from; 2 cannot (1 with malformed JSON, 1 with identical answers).\
                 Warnings: 1 with a repeated row, 1 with a pair that another row turns round.
                  row 3: no JSON (column 9): Unrecognized token 'nonsense': was expecting (JSON String, Number, Array,\
                 Object or token 'null', 'true' or 'false')
                  row 4: 'chosen' and 'rejected' are the same
                  row 5: repeats row 1
                  row 6: says the opposite of row 1""");
        assertThatThrownBy(linted::orFail).isInstanceOf(LintException.class).hasMessageContaining("row 4");
        assertThatThrownBy(() -> Lint.ofTexts().preferences(file("")).orFail()).hasMessageContaining("no rows");
    }

    @Test
    void longListsOfProblemsAreCutButCounted() throws IOException {
        String summary = Lint.ofTexts().preferences(file("{}\n".repeat(1500).split("\n"))).summary();
        assertThat(summary).contains("1500 cannot (1500 with a missing field)").endsWith("and 1480 more");
        assertThat(summary.lines()).hasSize(22);
    }

    @Test
    void compressedFilesAndByteOrderMarksAreRead() throws IOException {
        byte[] row = "\uFEFF{\"prompt\": \"ä\", \"chosen\": \"a\", \"rejected\": \"b\"}".getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("rows.jsonl.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(row);
        }
        assertThat(Lint.ofTexts().preferences(file).orFail().values().get(0).conversation())
                .isEqualTo(List.of(Message.text("ä")));
        Files.write(file, "{\"prompt\": \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Lint.ofTexts().prompts(file).problems().get(0).reason()).isEqualTo("the line is not UTF-8");
    }

    @Test
    void judgedAnswersSupervisedRowsAndPromptsAreRead() throws IOException {
        assertThat(Lint.ofTexts().unpaired(file("{'prompt': 'p', 'completion': 'c', 'label': false}")).orFail().values())
                .containsExactly(new UnpairedExample(List.of(Message.text("p")), "c", false));
        assertThat(Lint.ofTexts().unpaired(file("{'prompt': 'p', 'completion': 'c', 'label': 1}")).problems().get(0)
                .reason()).isEqualTo("'label' must be true or false");
        List<Message> turns = List.of(Message.user("a"), Message.assistant("b"), Message.user("c"),
                Message.assistant("d"));
        assertThat(Lint.ofTexts().supervised(file("{'text': 'a domain'}", "{'prompt': 'p', 'completion': 'c'}",
                "{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'},"
                        + " {'role': 'user', 'content': 'c'}, {'role': 'assistant', 'content': 'd'}]}")).orFail().values())
                .containsExactly(SupervisedExample.text("a domain"),
                        new SupervisedExample(List.of(Message.text("p")), "c"), SupervisedExample.dialogue(turns));
        assertThat(Lint.ofTexts().supervised(file("{'messages': [{'role': 'user', 'content': 'a'}]}", "{'x': 1}"))
                .problems()).extracting(Problem::fault).containsExactly(Fault.WRONG_TYPE, Fault.MISSING_FIELD);
        assertThat(Lint.ofTexts().prompts(file("{'prompt': [{'role': 'user', 'content': 'q'}]}")).orFail().values())
                .containsExactly(List.of(Message.user("q")));
    }

    private ConversationEncoder encoder() throws IOException {
        try (LanguageModel model = TinyModel.create(folder, true, 1)) {
            return model.encoder();
        }
    }

    private List<Fault> faults(int longest, String... rows) throws IOException {
        return Lint.of(encoder(), longest).preferences(file(rows)).problems().stream().map(Problem::fault).toList();
    }

    @Test
    void whatIsTooLongForTheModelIsRefused() throws IOException {
        String twenty = "x".repeat(20);
        // Twenty bytes with the beginning-of-text token before them, and an end after the answer.
        assertThat(faults(26, "{'prompt': '" + twenty + "', 'chosen': 'abcde', 'rejected': 'abcdf'}")).isEmpty();
        assertThat(faults(26, "{'prompt': '" + twenty + "', 'chosen': 'abcdef', 'rejected': 'abcde'}"))
                .containsExactly(Fault.OVER_LENGTH);
        assertThat(faults(26, "{'prompt': '" + twenty + "', 'chosen': 'abcdef', 'rejected': 'abcdeg'}"))
                .containsExactly(Fault.BOTH_OVER_LENGTH);
        assertThat(faults(20, "{'prompt': '" + twenty + "', 'chosen': 'a', 'rejected': 'b'}"))
                .containsExactly(Fault.CUT_TO_NOTHING);
        assertThat(faults(64, "{'prompt': '" + twenty.repeat(4) + "', 'chosen': 'a', 'rejected': 'b'}"))
                .containsExactly(Fault.CUT_TO_NOTHING);
        assertThat(faults(64, "{'prompt': '" + twenty + "', 'chosen': '" + twenty.repeat(4) + "', 'rejected': 'b'}"))
                .containsExactly(Fault.OVER_LENGTH);
        assertThat(Lint.of(encoder(), 26).preferences(file("{'prompt': '" + twenty
                + "', 'chosen': 'abcdef', 'rejected': 'abcdeg'}")).problems().get(0).reason()).isEqualTo(
                        "both answers are over length: with the prompt they have 27 and 27 tokens of at most 26");
    }

    @Test
    void whatBeginsOrEndsTwiceIsRefused() throws IOException {
        assertThat(faults(64, "{'prompt': [{'role': 'user', 'content': '<s>p'}], 'chosen': 'a', 'rejected': 'b'}",
                "{'prompt': '<s><s>p', 'chosen': 'a', 'rejected': 'b'}",
                "{'prompt': [{'role': 'user', 'content': 'p'}], 'chosen': '<s>a', 'rejected': 'b'}"))
                .containsExactly(Fault.DOUBLED_BOS, Fault.DOUBLED_BOS, Fault.DOUBLED_BOS);
        assertThat(faults(64, "{'prompt': [{'role': 'user', 'content': 'p'}], 'chosen': 'a</s>', 'rejected': 'b'}"))
                .containsExactly(Fault.DOUBLED_EOS);
        // In a plain text the end counts, and is not added again.
        assertThat(faults(64, "{'prompt': '<s>p', 'chosen': 'a</s>', 'rejected': 'b'}")).isEmpty();
        assertThat(faults(64, "{'prompt': 'p', 'chosen': 'a</s>', 'rejected': 'a'}"))
                .containsExactly(Fault.IDENTICAL_ANSWERS);
    }

    @Test
    void aModelWithoutAnEndTokenHasNothingToEndAnswersWith() throws IOException {
        TinyModel.tokenizer(folder);
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
        ConversationEncoder endless = ConversationEncoder.load(folder, new ModelConfig(TinyModel.VOCABULARY, 16, 24, 2, 4,
                2, 4, 64, 1e-5, dev.ratchet.lm.RotaryScaling.plain(10000), true, 0.3, -1, List.of(), -1));
        assertThat(Lint.of(endless, 64).preferences(file("{'prompt': 'p', 'chosen': 'a', 'rejected': 'b'}")).problems())
                .extracting(Problem::fault).containsExactly(Fault.MISSING_EOS);
    }

    @Test
    void aConversationThatTheTemplateRefusesIsNamed() throws IOException {
        ConversationEncoder encoder = encoder();
        Files.writeString(folder.resolve("chat_template.jinja"), "{% if messages[0].role == 'system' %}"
                + "{{ raise_exception('no system turn') }}{% endif %}{{ messages[0].content }}");
        encoder = ConversationEncoder.load(folder, ModelConfig.llama(260, 16, 24, 2, 4, 2, 64, true, 256, 257));
        Problem problem = Lint.of(encoder, 64).preferences(
                file("{'prompt': [{'role': 'system', 'content': 'p'}], 'chosen': 'a', 'rejected': 'b'}")).problems().get(0);
        assertThat(problem).isEqualTo(new Problem(1, Fault.REFUSED_BY_TEMPLATE,
                "the chat template refuses the prompt: no system turn"));
    }
}
