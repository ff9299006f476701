package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.question.Best;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Option;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Ranking;
import dev.ratchet.question.Safety;
import dev.ratchet.question.Scores;
import dev.ratchet.question.Spans;
import dev.ratchet.question.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A question as the page asks it, with what was answered before.
 *
 * @param question one of the project's
 * @param answers the letters and ids of the responses, in the order shown
 * @param given the answer that stands; missing for none
 * @param form id of the form that its controls belong to
 * @param messages the words of the page, in its language
 */
record QuestionView(
        Question question, List<RatingView.AnswerView> answers, JsonNode given, String form, RatingMessages messages) {
    QuestionView {
        given = given == null ? MissingNode.getInstance() : given;
    }

    public String kind() {
        return question.kind();
    }

    /** The form's field of the question. */
    public String field() {
        return "q." + question.name();
    }

    public boolean isHelped() {
        return question.help() != null && !question.help().isBlank();
    }

    /** The buttons of a preference question, without those that it does not offer. */
    public List<Button> buttons() {
        Preference preference = (Preference) question;
        return List.of(Choice.values()).stream()
                .filter(choice -> choice != Choice.TIE || preference.tie())
                .filter(choice -> choice != Choice.BOTH_BAD || preference.bothBad())
                .map(choice -> new Button(choice, choice.words(messages), choice.sentence(messages)))
                .toList();
    }

    /** The code of the choice that stands; empty for none. */
    public String choice() {
        return given.isMissingNode() ? "" : Choice.of(given).code();
    }

    /** What a question offers to choose, to mark or to score. */
    public List<Option> options() {
        if (question instanceof Tags tags) {
            return tags.tags();
        } else if (question instanceof Safety safety) {
            return safety.flags();
        } else if (question instanceof Spans spans) {
            return spans.labels();
        }
        return question instanceof Scores scores ? scores.aspects() : List.of();
    }

    /** 1 to the steps of the scale, with their labels. */
    public List<Step> steps() {
        Scores scores = (Scores) question;
        return IntStream.rangeClosed(1, scores.points())
                .mapToObj(step -> new Step(step, scores.labels().isEmpty() ? "" : scores.labels().get(step - 1)))
                .toList();
    }

    /** Whether the steps of a scale say what they mean. */
    public boolean isLabelled() {
        return question instanceof Scores scores && !scores.labels().isEmpty();
    }

    /** Whether two responses may share a rank. */
    public boolean isTies() {
        return question instanceof Ranking ranking && ranking.ties();
    }

    /** Whether the answer that stands says that nothing is unsafe. */
    public boolean isNothingUnsafe() {
        return given.isObject() && given.isEmpty();
    }

    /** The ranks that a ranking offers. */
    public List<Integer> ranks() {
        return IntStream.rangeClosed(1, answers.size()).boxed().toList();
    }

    /** Whether "none is good" is offered. */
    public boolean isOffersNone() {
        return question instanceof Best best && best.none();
    }

    /** What is asked of each response; of the task as a whole, in one row without a letter. */
    public List<Row> rows() {
        if (question instanceof Tags tags && !tags.each()) {
            return List.of(new Row("", 0, field(), "", chosen(tags.tags(), field(), given)));
        }
        return answers.stream().map(answer -> {
            String id = Long.toString(answer.responseId());
            String own = field() + "." + id;
            List<Cell> cells = question instanceof Scores
                    ? scored(own, given.path(id)) : chosen(options(), own, given.path(id));
            return new Row(answer.letter(), answer.responseId(), own, given.path(id).asText(""), cells);
        }).toList();
    }

    private List<Cell> scored(String own, JsonNode scores) {
        return options().stream().map(aspect -> new Cell(own + "." + aspect.name(), aspect.name(), aspect.title(),
                scores.path(aspect.name()).asInt(0), false)).toList();
    }

    private static List<Cell> chosen(List<Option> options, String field, JsonNode words) {
        Set<String> chosen = new HashSet<>();
        words.forEach(word -> chosen.add(word.asText()));
        return options.stream().map(option -> new Cell(field, option.name(), option.title(), 0,
                chosen.contains(option.name()))).toList();
    }

    /** The text so far of a free text or a rewrite, or the id of the best response; empty for none. */
    public String text() {
        return given.isContainerNode() ? given.path("text").asText("") : given.asText("");
    }

    /** The response that a rewrite starts from, by default the first. */
    public long rewritten() {
        return given.path("response").asLong(answers.get(0).responseId());
    }

    /** Most characters of a free text. */
    public int maxLength() {
        return question instanceof FreeText free ? free.maxLength() : Integer.MAX_VALUE;
    }

    /** The answer as JSON; empty for none. */
    public String json() {
        return given.isMissingNode() ? "" : given.toString();
    }

    /** A choice with its words, short and in a sentence. */
    record Button(Choice choice, String words, String sentence) {}

    /** A step of a scale. */
    record Step(int value, String label) {
        /** The key that chooses it: its digit, 0 for ten and - for eleven. */
        public String key() {
            return value == 10 ? "0" : value == 11 ? "-" : Integer.toString(value);
        }
    }

    /** What is asked of one response. */
    record Row(String letter, long responseId, String field, String value, List<Cell> cells) {}

    /** One aspect to score, or one word to choose. */
    record Cell(String field, String name, String title, int score, boolean chosen) {}
}
