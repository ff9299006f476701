package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.question.FreeText;
import dev.ratchet.question.Option;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Ranking;
import dev.ratchet.question.Tags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When an answer to a check is right. */
class CorrectnessTest {
    private static final Questions ASKED = new Questions(List.of(
            new Preference("better", "Which?", "", false, true, true),
            new Ranking("order", "In which order?", "", false, true),
            new Tags("about", "What about?", "", false, List.of(new Option("rude", "Rude"), new Option("long", "Long")), true),
            new FreeText("why", "Why?", "", false, 100)));

    @Test
    void theSideCountsAndNotTheStrengthNorTheOrderShown() {
        String firstBetter = "{'better': {'verdict': 'preference', 'strength': -3}}";
        assertThat(right(firstBetter, "{'better': {'verdict': 'preference', 'strength': -1}}", 7L, 8L)).containsEntry("better", true);
        assertThat(right(firstBetter, "{'better': {'verdict': 'preference', 'strength': 1}}", 8L, 7L)).containsEntry("better", true);
        assertThat(right(firstBetter, "{'better': {'verdict': 'preference', 'strength': -3}}", 8L, 7L)).containsEntry("better", false);
        assertThat(right("{'better': {'verdict': 'tie'}}", "{'better': {'verdict': 'both_bad'}}", 7L, 8L)).containsEntry("better", false);
    }

    @Test
    void anOrderIsRightWhereEachTwoStandAsExpected() {
        assertThat(right("{'order': {'7': 1, '8': 2}}", "{'order': {'8': 2, '7': 1}}", 8L, 7L)).containsEntry("order", true);
        assertThat(right("{'order': {'7': 1, '8': 2}}", "{'order': {'7': 1, '8': 1}}", 7L, 8L)).containsEntry("order", false);
    }

    @Test
    void tagsAreRightWhateverTheirOrderAndTextsAreNotJudged() {
        assertThat(right("{'about': {'7': ['rude', 'long']}, 'why': 'x'}", "{'about': {'7': ['long', 'rude'], '8': []}, 'why': 'y'}",
                7L, 8L)).isEqualTo(Map.of("about", true));
        assertThat(right("{'about': {'7': ['rude']}}", "{'about': {'8': ['rude']}}", 7L, 8L)).isEqualTo(Map.of("about", false));
        assertThat(right("{'about': {'7': ['rude']}}", "{'why': 'y'}", 7L, 8L)).isEmpty();
    }

    private static Map<String, Boolean> right(String expected, String given, Long... shown) {
        return Correctness.of(ASKED, answers(expected), List.of(7L, 8L), answers(given), List.of(shown)).right();
    }
}
