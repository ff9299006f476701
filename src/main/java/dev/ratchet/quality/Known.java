package dev.ratchet.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Shown;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The right answers of a gold task.
 *
 * @param answers as a rating of the responses in their positions' order would give them
 */
record Known(JsonNode answers, List<Long> responses) {

    /** What they say of which response is better, by these questions; nothing where those do not compare. */
    List<Comparison> comparisons(Questions questions) {
        return questions.comparisons(answers, new Shown(responses, Collections.nCopies(responses.size(), "")));
    }

    /** Whether two ratings prefer the same responses, however strongly; a tie is met by what prefers none. */
    static boolean agree(List<Comparison> one, List<Comparison> other) {
        return directions(one).equals(directions(other));
    }

    private static Map<List<Long>, Integer> directions(List<Comparison> comparisons) {
        Map<List<Long>, Integer> directions = new HashMap<>();
        comparisons.forEach(said -> directions.put(
                List.of(Math.min(said.first(), said.second()), Math.max(said.first(), said.second())),
                Integer.signum(said.first() < said.second() ? said.strength() : -said.strength())));
        return directions;
    }
}
