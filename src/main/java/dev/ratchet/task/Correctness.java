package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Rewrite;
import dev.ratchet.question.Shown;
import dev.ratchet.question.Spans;
import java.util.ArrayList;
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
 *
 * @param right by the question's name whether the answer is right; a question that has no one right answer is absent
 * @param comparing name of the first question that compares; null for none
 * @param sides its answers: which of each two responses is better
 */
record Correctness(Map<String, Boolean> right, String comparing, List<GoldMark.Side> sides) {
    private static final int BOTH_BAD = 2;

    /**
     * Judges each question that both answered.
     *
     * @param questions those that the rating answered
     * @param expected the right answers, to the responses in the order {@code positions}
     * @param given a reviewer's answers, to the responses in the order {@code shown}
     */
    static Correctness of(Questions questions, JsonNode expected, List<Long> positions, JsonNode given,
            List<Long> shown) {
        Map<String, Boolean> right = new LinkedHashMap<>();
        String comparing = null;
        List<GoldMark.Side> sides = new ArrayList<>();
        for (Question question : questions.list()) {
            JsonNode wanted = expected.get(question.name());
            JsonNode said = given.get(question.name());
            if (wanted == null || said == null || !judged(question)) {
                continue;
            }
            if (!question.compares()) {
                right.put(question.name(), chosen(wanted).equals(chosen(said)));
                continue;
            }
            Map<List<Long>, Integer> known = sides(question, wanted, positions);
            Map<List<Long>, Integer> told = sides(question, said, shown);
            right.put(question.name(), known.equals(told));
            if (comparing == null) {
                comparing = question.name();
                known.forEach((two, side) -> sides.add(
                        new GoldMark.Side(two.get(0), two.get(1), better(side), better(told.getOrDefault(two, 0)))));
            }
        }
        return new Correctness(right, comparing, sides);
    }

    private static int better(int side) {
        return side == BOTH_BAD ? 0 : side;
    }

    /**
     * Whether the known answer was found: by the first question that compares, whatever else was asked, and by all
     * judged questions where none does.
     */
    boolean found() {
        return comparing == null ? !right.containsValue(false) : right.get(comparing);
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
