package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of two responses is better, on a seven-step scale.
 *
 * <p>An answer is {@code {"verdict": "preference", "strength": -3..3}} (below 0: the one shown first is better; 0 is
 * a tie and is said so), {@code {"verdict": "tie"}} or {@code {"verdict": "both_bad"}}.
 *
 * @param tie whether a tie may be said
 * @param bothBad whether "both bad" may be said
 */
public record Preference(String name, String title, String help, boolean required, boolean tie, boolean bothBad)
        implements Question {
    private static final int RESPONSES = 2;

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        if (shown.responses().size() != RESPONSES) {
            throw new InvalidAnswer(field, "compares two responses, and the task has " + shown.responses().size());
        }
        Reading.fields(field, answer, "verdict", "strength");
        List<String> verdicts = new ArrayList<>(List.of("preference"));
        if (tie) {
            verdicts.add("tie");
        }
        if (bothBad) {
            verdicts.add("both_bad");
        }
        String verdict = Reading.word(field + ".verdict", answer.get("verdict"), verdicts);
        if (verdict.equals("preference")) {
            int strength = Reading.whole(field + ".strength", answer.get("strength"), -Comparison.STRONGEST,
                    Comparison.STRONGEST);
            if (strength == 0) {
                throw new InvalidAnswer(field + ".strength", "must not be 0: verdict tie says that neither is better");
            }
        } else if (answer.has("strength")) {
            throw new InvalidAnswer(field + ".strength", "must be absent where verdict is " + verdict);
        }
    }

    @Override
    public List<Comparison> comparisons(JsonNode answer, Shown shown) {
        long first = shown.responses().get(0);
        long second = shown.responses().get(1);
        return List.of(switch (answer.get("verdict").textValue()) {
            case "preference" -> Comparison.of(first, second, -answer.get("strength").intValue());
            case "tie" -> Comparison.of(first, second, 0);
            default -> new Comparison(first, second, 0, true);
        });
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
