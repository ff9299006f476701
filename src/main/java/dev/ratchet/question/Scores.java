package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A score for each response in each of several aspects, on a Likert scale.
 *
 * <p>An answer is {@code {"17": {"clarity": 4, "truth": 5}, "18": {...}}}, each from 1 to {@code points}.
 *
 * @param aspects what is scored
 * @param points steps of the scale, 2 to 11
 * @param labels what the steps mean, one for each, or empty
 * @param comparing whether a higher mean over the aspects says that a response is better
 */
public record Scores(String name, String title, String help, boolean required, List<Option> aspects, int points,
        List<String> labels, boolean comparing) implements Question {
    private static final int FEWEST_POINTS = 2;
    private static final int MOST_POINTS = 11;

    public Scores {
        aspects = Definition.list(aspects);
        labels = Definition.list(labels);
    }

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        Reading.byResponse(field, answer, shown, true).forEach((response, scores) -> {
            String place = field + "." + response;
            Reading.fields(place, scores, aspects.stream().map(Option::name).toArray(String[]::new));
            aspects.forEach(aspect -> Reading.whole(place + "." + aspect.name(), scores.get(aspect.name()), 1, points));
        });
    }

    /** Each two responses: the strength is the difference of their sums, in thirds of its largest value. */
    @Override
    public List<Comparison> comparisons(JsonNode answer, Shown shown) {
        if (!comparing) {
            return List.of();
        }
        int largest = aspects.size() * (points - 1);
        List<Comparison> all = new ArrayList<>();
        for (int i = 0; i < shown.responses().size(); i++) {
            for (int j = i + 1; j < shown.responses().size(); j++) {
                int difference = sum(answer, shown.responses().get(i)) - sum(answer, shown.responses().get(j));
                int thirds = (Math.abs(difference) * Comparison.STRONGEST + largest - 1) / largest;
                all.add(Comparison.of(shown.responses().get(i), shown.responses().get(j),
                        Integer.signum(difference) * thirds));
            }
        }
        return all;
    }

    private int sum(JsonNode answer, long response) {
        JsonNode scores = answer.get(Long.toString(response));
        return aspects.stream().mapToInt(aspect -> scores.get(aspect.name()).intValue()).sum();
    }

    @Override
    public boolean compares() {
        return comparing;
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
        Definition.options("aspects", aspects);
        Definition.require(points >= FEWEST_POINTS && points <= MOST_POINTS, "points", "must be 2 to 11");
        Definition.require(labels.isEmpty() || labels.size() == points, "labels",
                "must be as many as points (" + points + "), or none");
        Definition.require(labels.stream().allMatch(label -> Definition.isLine(label, true)), "labels",
                "must be short texts");
    }
}
