package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Scores;
import dev.ratchet.question.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words what was answered to one question of any kind. */
final class AnswerWords {
    private AnswerWords() {
    }

    static String of(RatingMessages messages, Question question, JsonNode answer, List<Long> responses) {
        if (question.compares() || question instanceof Scores) {
            return AnswerSummary.of(messages, new Questions(List.of(question)),
                    JsonNodeFactory.instance.objectNode().set(question.name(), answer), responses);
        } else if (question instanceof Spans) {
            List<String> marks = new ArrayList<>();
            answer.forEach(mark -> marks.add(letter(responses, mark.path("response").asLong()) + ": "
                    + mark.path("label").asText() + " " + mark.path("start").asInt() + "–" + mark.path("end").asInt()
                    + (mark.path("reason").asText("").isEmpty() ? "" : ", " + mark.path("reason").asText())));
            return String.join("; ", marks);
        } else if (answer.has("text")) {
            return letter(responses, answer.path("response").asLong()) + ": " + answer.path("text").asText();
        } else if (answer.isObject()) {
            return responses.stream().filter(id -> answer.has(Long.toString(id)))
                    .map(id -> letter(responses, id) + ": " + words(answer.path(Long.toString(id))))
                    .collect(Collectors.collectingAndThen(
                            Collectors.joining("; "), said -> said.isEmpty() ? "–" : said));
        }
        return answer.isArray() ? words(answer) : answer.asText();
    }

    private static String words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return String.join(", ", words);
    }

    private static String letter(List<Long> responses, long id) {
        int place = responses.indexOf(id);
        return place < 0 ? "–" : RatingView.letter(place);
    }
}
