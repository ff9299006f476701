package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Rewrite;
import dev.ratchet.question.Shown;
import dev.ratchet.question.Spans;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether answers are right: the same side of each two responses where a question compares, whatever the strength; the
 * very same scores, tags and flags elsewhere. Texts, rewrites and marks have no one right answer and are not judged.
 */
final class Correctness {
    private static final int BOTH_BAD = 2;

    private Correctness() {
    }

    /**
     * Judges each question that both answered.
     *
     * @param questions those that the rating answered
     * @param expected the right answers, to the responses in the order {@code positions}
     * @param given a reviewer's answers, to the responses in the order {@code shown}
     * @return by the question's name whether the answer is right
     */
    static Map<String, Boolean> of(Questions questions, JsonNode expected, List<Long> positions, JsonNode given,
            List<Long> shown) {
        Map<String, Boolean> right = new LinkedHashMap<>();
        for (Question question : questions.list()) {
            JsonNode wanted = expected.get(question.name());
            JsonNode said = given.get(question.name());
            if (wanted != null && said != null && judged(question)) {
                right.put(question.name(), question.compares()
                        ? sides(question, wanted, positions).equals(sides(question, said, shown))
                        : chosen(wanted).equals(chosen(said)));
            }
        }
        return right;
    }

    static boolean judged(Question question) {
        return !(question instanceof FreeText || question instanceof Rewrite || question instanceof Spans);
    }

    /** By the smaller and the larger id: above 0 where the smaller is better. */
    private static Map<List<Long>, Integer> sides(Question question, JsonNode answer, List<Long> order) {
        Map<List<Long>, Integer> sides = new HashMap<>();
        for (Comparison said : question.comparisons(answer, new Shown(order, order.stream().map(id -> "").toList()))) {
            boolean ordered = said.first() < said.second();
            int side = said.bothBad() ? BOTH_BAD : Integer.signum(ordered ? said.strength() : -said.strength());
            sides.put(ordered ? List.of(said.first(), said.second()) : List.of(said.second(), said.first()), side);
        }
        return sides;
    }

    /** What was chosen, without the order of words and without responses of which nothing was said. */
    private static Object chosen(JsonNode answer) {
        if (answer.isArray()) {
            Set<String> words = new TreeSet<>();
            answer.forEach(word -> words.add(word.toString()));
            return words;
        } else if (answer.isObject()) {
            Map<String, Object> parts = new TreeMap<>();
            answer.fields().forEachRemaining(part -> parts.put(part.getKey(), chosen(part.getValue())));
            parts.values().removeIf(part -> part instanceof Collection<?> words && words.isEmpty());
            return parts;
        }
        return answer;
    }
}
