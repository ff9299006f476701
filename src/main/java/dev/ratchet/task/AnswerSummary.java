package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.question.Best;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Ranking;
import dev.ratchet.question.Scores;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in a few words, in a language, what a rating answered: the comparison first, and a free text apart. */
final class AnswerSummary {
    private AnswerSummary() {
    }

    /** What the first answered question that compares or scores says, or how many questions were answered. */
    static String of(RatingMessages messages, Questions questions, JsonNode answers, List<Long> responses) {
        return questions.list().stream().filter(question -> answers.has(question.name()))
                .filter(question -> question.compares() || question instanceof Scores).findFirst()
                .map(question -> words(messages, question, answers.get(question.name()), responses))
                .orElseGet(() -> messages.answered(answers.size()));
    }

    /** The first free text; null for none. */
    static String text(Questions questions, JsonNode answers) {
        return questions.list().stream()
                .filter(question -> question instanceof FreeText && answers.has(question.name()))
                .map(question -> answers.get(question.name()).asText()).findFirst().orElse(null);
    }

    private static String words(RatingMessages messages, Question question, JsonNode answer, List<Long> responses) {
        if (question instanceof Preference) {
            return Choice.of(answer).label(messages);
        } else if (question instanceof Best) {
            return answer.isTextual() ? messages.noneIsGood() : messages.isBest(letter(responses, answer.asLong()));
        } else if (question instanceof Ranking) {
            return ranking(answer, responses);
        }
        return responses.stream().map(id -> letter(responses, id) + " " + mean(answer.path(Long.toString(id))))
                .collect(Collectors.joining(", "));
    }

    private static String ranking(JsonNode answer, List<Long> responses) {
        List<Long> order = responses.stream().sorted(Comparator.comparingInt(id -> rank(answer, id))).toList();
        StringBuilder words = new StringBuilder(letter(responses, order.get(0)));
        for (int i = 1; i < order.size(); i++) {
            words.append(rank(answer, order.get(i)) == rank(answer, order.get(i - 1)) ? " = " : " > ")
                    .append(letter(responses, order.get(i)));
        }
        return words.toString();
    }

    private static int rank(JsonNode answer, long response) {
        return answer.path(Long.toString(response)).asInt();
    }

    private static String mean(JsonNode scores) {
        double sum = 0;
        for (JsonNode score : scores) {
            sum += score.asInt();
        }
        return String.format(Locale.ROOT, "%.1f", sum / Math.max(1, scores.size()));
    }

    private static String letter(List<Long> responses, long id) {
        return RatingView.letter(responses.indexOf(id));
    }
}
