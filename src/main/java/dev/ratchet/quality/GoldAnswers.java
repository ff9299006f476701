package dev.ratchet.quality;

import dev.ratchet.question.Comparison;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of gold tasks. */
final class GoldAnswers {
    private GoldAnswers() {}

    /**
     * The right answers of a task.
     *
     * @param comparisons what they say of which response is better
     */
    record Known(List<Comparison> comparisons) {

        /** Whether a rating prefers the same answers; where the known answer is a tie, it has to say so too. */
        boolean isMetBy(List<Comparison> said) {
            return direction(said).equals(direction(comparisons));
        }

        private static Map<List<Long>, Integer> direction(List<Comparison> comparisons) {
            Map<List<Long>, Integer> direction = new HashMap<>();
            comparisons.forEach(one -> direction.put(
                    List.of(Math.min(one.first(), one.second()), Math.max(one.first(), one.second())),
                    Integer.signum(one.first() < one.second() ? one.strength() : -one.strength())));
            return direction;
        }
    }
}
