package dev.ratchet.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.question.Best;
import dev.ratchet.question.Option;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Ranking;
import dev.ratchet.question.Safety;
import dev.ratchet.question.Scores;
import dev.ratchet.question.Tags;
import dev.ratchet.stats.Metric;
import dev.ratchet.stats.UnitRating;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * One scale on which reviewers can agree: a question, or an aspect, a tag or a flag of one.
 *
 * <p>What was said of a response does not depend on where it was shown: preferences count by the response's identity.
 *
 * @param name as filters name it: {@code preference}, {@code scores.clarity}
 * @param metric the level of measurement, which alpha takes
 * @param reader what an answer to the question says on the scale
 */
public record Measure(String name, String title, String question, Metric metric,
        BiFunction<JsonNode, List<Long>, List<Measure.Said>> reader) {

    /**
     * What an answer says of one unit.
     *
     * @param part the response that it is said of; empty where it is said of the task
     * @param value on the scale; empty for what stands outside of it, such as "both bad"
     * @param category for kappa, which knows no order
     */
    public record Said(String part, OptionalDouble value, double category) {
        private static Said of(String part, double value) {
            return new Said(part, OptionalDouble.of(value), value);
        }
    }

    private static final double TIE = 0;
    private static final double BOTH_BAD = 9;

    /** The scales of a question; none for free text, rewrites and marks. */
    static List<Measure> of(Question question) {
        if (question instanceof Preference) {
            return List.of(whole(question, Metric.ORDINAL, Measure::preference));
        }
        if (question instanceof Ranking) {
            return List.of(whole(question, Metric.ORDINAL, (answer, shown) -> shown.stream()
                    .map(response -> Said.of("/" + response, answer.path(Long.toString(response)).intValue()))
                    .toList()));
        }
        if (question instanceof Best) {
            return List.of(whole(question, Metric.NOMINAL, (answer, shown) -> List.of(Said.of("",
                    answer.isTextual() ? -1 : shown.stream().sorted().toList().indexOf(answer.longValue())))));
        }
        if (question instanceof Scores scores) {
            return scores.aspects().stream().map(aspect -> part(question, aspect, Metric.INTERVAL, (answer, shown) ->
                    shown.stream().map(response -> Said.of("/" + response,
                            answer.path(Long.toString(response)).path(aspect.name()).intValue())).toList())).toList();
        }
        if (question instanceof Tags tags) {
            return tags.tags().stream().map(tag -> part(question, tag, Metric.NOMINAL, (answer, shown) -> tags.each()
                    ? eachHas(answer, shown, tag) : List.of(Said.of("", has(answer, tag))))).toList();
        }
        if (question instanceof Safety safety) {
            return safety.flags().stream().map(flag -> part(question, flag, Metric.NOMINAL,
                    (answer, shown) -> eachHas(answer, shown, flag))).toList();
        }
        return List.of();
    }

    private static Measure whole(
            Question question, Metric metric, BiFunction<JsonNode, List<Long>, List<Said>> reader) {
        return new Measure(question.name(), question.title(), question.name(), metric, reader);
    }

    private static Measure part(Question question, Option option, Metric metric,
            BiFunction<JsonNode, List<Long>, List<Said>> reader) {
        return new Measure(question.name() + "." + option.name(), question.title() + " " + option.title(),
                question.name(), metric, reader);
    }

    /** Above 0 where the response with the smaller id is better. Kappa asks which is better, not by how much. */
    private static List<Said> preference(JsonNode answer, List<Long> shown) {
        return List.of(switch (answer.path("verdict").asText()) {
            case "preference" -> {
                double strength = -answer.path("strength").intValue() * (shown.get(0) < shown.get(1) ? 1 : -1);
                yield new Said("", OptionalDouble.of(strength), Math.signum(strength));
            }
            case "tie" -> Said.of("", TIE);
            default -> new Said("", OptionalDouble.empty(), BOTH_BAD);
        });
    }

    private static List<Said> eachHas(JsonNode answer, List<Long> shown, Option option) {
        return shown.stream().map(response -> Said.of("/" + response,
                has(answer.path(Long.toString(response)), option))).toList();
    }

    private static double has(JsonNode words, Option option) {
        for (JsonNode word : words) {
            if (word.asText().equals(option.name())) {
                return 1;
            }
        }
        return 0;
    }

    /** What the ratings say on the scale, for alpha; a unit is a task, or a response of it. */
    List<UnitRating> values(List<StandingRating> ratings) {
        List<UnitRating> values = new ArrayList<>();
        each(ratings, (rating, said) -> said.value().ifPresent(value -> values.add(
                new UnitRating(unit(rating, said), Long.toString(rating.reviewer()), value))));
        return values;
    }

    /** What the ratings say by category, for kappa. */
    List<UnitRating> categories(List<StandingRating> ratings) {
        List<UnitRating> categories = new ArrayList<>();
        each(ratings, (rating, said) -> categories.add(
                new UnitRating(unit(rating, said), Long.toString(rating.reviewer()), said.category())));
        return categories;
    }

    private interface Use {
        void of(StandingRating rating, Said said);
    }

    private void each(List<StandingRating> ratings, Use use) {
        for (StandingRating rating : ratings) {
            JsonNode answer = rating.answers().get(question);
            if (answer != null && !answer.isNull()) {
                reader.apply(answer, rating.shown()).forEach(said -> use.of(rating, said));
            }
        }
    }

    private static String unit(StandingRating rating, Said said) {
        return rating.task() + said.part();
    }

    /** The task of a unit. */
    static long task(String unit) {
        int end = unit.indexOf('/');
        return Long.parseLong(end < 0 ? unit : unit.substring(0, end));
    }
}
