package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The best of several responses.
 *
 * <p>An answer is the response's id, or {@code "none"} where none is good.
 *
 * @param none whether "none is good" may be said
 */
public record Best(String name, String title, String help, boolean required, boolean none) implements Question {
    private static final int STRENGTH = 2;

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        if (!(none && answer.isTextual() && answer.textValue().equals("none"))) {
            Reading.response(field, answer, shown);
        }
    }

    /** The best against each of the others; of two that are not the best it says nothing. */
    @Override
    public List<Comparison> comparisons(JsonNode answer, Shown shown) {
        if (answer.isTextual()) {
            return List.of();
        }
        long best = answer.longValue();
        return shown.responses().stream().filter(other -> other != best).map(other ->
                shown.responses().indexOf(best) < shown.responses().indexOf(other)
                        ? Comparison.of(best, other, STRENGTH) : Comparison.of(other, best, -STRENGTH)).toList();
    }

    @Override
    public boolean compares() {
        return true;
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
    }
}
