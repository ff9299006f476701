package dev.ratchet.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of question takes, refuses by its field, and says of which response is better. */
class QuestionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Shown TWO = new Shown(List.of(18L, 17L), List.of("On its way 🚚 today.", "No idea."));
    private static final Shown THREE = new Shown(List.of(3L, 1L, 2L), List.of("c", "a", "b"));
    private static final List<Option> WORDS = List.of(new Option("rude", "Rude"), new Option("long", "Too long"));

    private static final Preference PREFERENCE = new Preference("better", "Which?", "", true, true, false);
    private static final Ranking RANKING = new Ranking("order", "Order", "", true, true);
    private static final Ranking STRICT = new Ranking("order", "Order", "", true, false);
    private static final Best BEST = new Best("best", "Best", "", true, true);
    private static final Scores SCORES = new Scores("scores", "Scores", "", true,
            List.of(new Option("clear", "Clear"), new Option("true", "True")), 5, List.of(), true);
    private static final Tags TAGS = new Tags("tags", "Tags", "", false, WORDS, true);
    private static final Tags TASK_TAGS = new Tags("tags", "Tags", "", false, WORDS, false);
    private static final FreeText TEXT = new FreeText("why", "Why?", "", false, 10);
    private static final Rewrite REWRITE = new Rewrite("rewrite", "Better", "", false);
    private static final Spans SPANS = new Spans("spans", "Mark", "", false, WORDS);
    private static final Safety SAFETY = new Safety("safety", "Unsafe", "", false, WORDS);

    @Test
    void whatTheFormCanSendIsTaken() {
        taken(PREFERENCE, TWO, "{'verdict': 'preference', 'strength': -3}", "{'verdict': 'tie'}");
        taken(RANKING, THREE, "{'1': 1, '2': 2, '3': 3}", "{'1': 1, '2': 1, '3': 2}", "{'1': 1, '2': 1, '3': 1}");
        taken(STRICT, THREE, "{'1': 3, '2': 1, '3': 2}");
        taken(BEST, THREE, "2", "'none'");
        taken(SCORES, TWO, "{'17': {'clear': 1, 'true': 5}, '18': {'clear': 3, 'true': 3}}");
        taken(TAGS, TWO, "{'17': ['long', 'rude']}");
        taken(TASK_TAGS, TWO, "['long']");
        taken(TEXT, TWO, "'good'");
        taken(REWRITE, TWO, "{'response': 17, 'text': 'It comes today.'}");
        taken(SPANS, TWO, "[{'response': 18, 'start': 0, 'end': 2, 'label': 'rude'},"
                + " {'response': 18, 'start': 1, 'end': 20, 'label': 'long', 'reason': 'too much'}]");
        taken(SAFETY, TWO, "{}", "{'18': ['rude']}");
    }

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void everyRecipeCanBeAskedAndIsFoundByItsName(Recipe recipe) {
        assertThatCode(recipe.questions()::checkDefinition).doesNotThrowAnyException();
        assertThat(Recipe.of(recipe.id())).contains(recipe);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "PREFERENCE | {'verdict': 'preference', 'strength': 0} | answers.better.strength",
        "PREFERENCE | {'verdict': 'preference', 'strength': 1.5} | answers.better.strength",
        "PREFERENCE | {'verdict': 'both_bad'} | answers.better.verdict",
        "PREFERENCE | {'verdict': 'tie', 'note': 1} | answers.better.note",
        "PREFERENCE | 3 | answers.better",
        "RANKING | {'17': 1} | answers.order.18",
        "RANKING | {'17': 1, '18': 2, '19': 3} | answers.order.19",
        "RANKING | {'17': 2, '18': 2} | answers.order",
        "STRICT | {'17': 1, '18': 1} | answers.order.18",
        "BEST | 5 | answers.best",
        "BEST | '17' | answers.best",
        "SCORES | {'17': {'clear': 1, 'true': 6}, '18': {'clear': 1, 'true': 1}} | answers.scores.17.true",
        "SCORES | {'17': {'clear': 1}, '18': {'clear': 1, 'true': 1}} | answers.scores.17.true",
        "SCORES | {'17': {'clear': 1, 'true': 1}} | answers.scores.18",
        "TAGS | {'17': ['kind']} | answers.tags.17[0]",
        "TAGS | {'17': ['rude', 'rude']} | answers.tags.17[1]",
        "TASK_TAGS | [] | answers.tags",
        "TEXT | '12345678901' | answers.why",
        "TEXT | ' ' | answers.why",
        "REWRITE | {'response': 17, 'text': ' No idea. '} | answers.rewrite.text",
        "SPANS | [{'response': 17, 'start': 3, 'end': 3, 'label': 'rude'}] | answers.spans[0].end",
        "SPANS | [{'response': 17, 'start': 0, 'end': 99, 'label': 'rude'}] | answers.spans[0].end",
        "SPANS | [{'response': 18, 'start': 0, 'end': 12, 'label': 'rude'}] | answers.spans[0]",
        "SPANS | [{'response': 17, 'start': 0, 'end': 3, 'label': 'rude'}, {'response': 17, 'start': 2, 'end': 4, 'label': 'rude'}] | answers.spans[1]",
        "SAFETY | {'17': []} | answers.safety.17"
    })
    void whatTheFormCannotSendIsRefusedByItsField(String question, String answer, String field) throws Exception {
        Question asked = (Question) QuestionsTest.class.getDeclaredField(question).get(null);
        assertThatThrownBy(() -> asked.check("answers." + asked.name(), json(answer), TWO))
                .isInstanceOfSatisfying(InvalidAnswer.class, wrong -> assertThat(wrong.field()).isEqualTo(field));
    }

    @Test
    void answersSayWhichResponseIsBetter() {
        assertThat(PREFERENCE.comparisons(json("{'verdict': 'preference', 'strength': -2}"), TWO))
                .containsExactly(new Comparison(18, 17, 2, false));
        assertThat(RANKING.comparisons(json("{'1': 1, '2': 1, '3': 2}"), THREE)).containsExactly(
                new Comparison(3, 1, -1, false), new Comparison(3, 2, -1, false), new Comparison(1, 2, 0, false));
        assertThat(BEST.comparisons(json("1"), THREE)).containsExactlyInAnyOrder(
                new Comparison(3, 1, -2, false), new Comparison(1, 2, 2, false));
        assertThat(BEST.comparisons(json("'none'"), THREE)).isEmpty();
        assertThat(SCORES.comparisons(json("{'17': {'clear': 1, 'true': 1}, '18': {'clear': 5, 'true': 5}}"), TWO))
                .containsExactly(new Comparison(18, 17, 3, false));
        assertThat(SCORES.comparisons(json("{'17': {'clear': 2, 'true': 2}, '18': {'clear': 2, 'true': 1}}"), TWO))
                .containsExactly(new Comparison(18, 17, -1, false));
    }

    @Test
    void questionsAreReadAndWrittenAsJson() throws Exception {
        Questions all = new Questions(List.of(PREFERENCE, SCORES, TAGS, TEXT, REWRITE, SPANS, SAFETY, BEST));
        String json = JSON.writeValueAsString(all);
        assertThat(JSON.readValue(json, Questions.class)).isEqualTo(all);
        assertThat(json).startsWith("[{\"kind\":\"preference\",\"name\":\"better\"");
    }

    @Test
    void aRatingAnswersWhatIsRequiredAndNothingThatIsNotAsked() {
        Questions questions = new Questions(List.of(PREFERENCE, TEXT));
        questions.check(json("{'better': {'verdict': 'tie'}}"), TWO);
        assertThatThrownBy(() -> questions.check(json("{'why': 'x'}"), TWO)).hasMessageContaining("answers.better is missing");
        assertThatThrownBy(() -> questions.check(json("{'better': {'verdict': 'tie'}, 'mood': 1}"), TWO))
                .hasMessageContaining("answers.mood");
        assertThatThrownBy(() -> questions.check(json("{'better': {'verdict': 'tie'}, 'why': null}"), TWO))
                .hasMessageContaining("answers.why");
        assertThatThrownBy(() -> questions.check(null, TWO)).hasMessageContaining("answers");
    }

    @Test
    void questionsThatCannotBeAskedAreRefused() {
        assertThatCode(Questions.STANDARD::checkDefinition).doesNotThrowAnyException();
        refused("questions must be 1", List.of());
        refused("questions[1].name", List.of(PREFERENCE, PREFERENCE));
        refused("questions[0].name", List.of(new Best("No Name", "Best", "", true, false)));
        refused("questions[0].points", List.of(new Scores("s", "S", "", true, WORDS, 12, List.of(), false)));
        refused("questions[0].labels", List.of(new Scores("s", "S", "", true, WORDS, 5, List.of("bad"), false)));
        refused("questions[0].tags", List.of(new Tags("t", "T", "", true, List.of(), true)));
        refused("required", List.of(TEXT));
    }

    private static void refused(String message, List<Question> questions) {
        assertThatThrownBy(() -> new Questions(questions).checkDefinition())
                .isInstanceOf(InvalidQuestion.class).hasMessageContaining(message);
    }

    private static void taken(Question question, Shown shown, String... answers) {
        for (String answer : answers) {
            assertThatCode(() -> question.check("answers." + question.name(), json(answer), shown)).as(answer)
                    .doesNotThrowAnyException();
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (java.io.IOException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }
}
