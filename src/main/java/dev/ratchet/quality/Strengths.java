package dev.ratchet.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.question.Comparison;
import dev.ratchet.stats.Proportions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How strongly answers are told apart.
 *
 * @param comparisons of two answers
 * @param clear share of comparisons of strength 2 or 3; undefined without comparisons
 * @param steps from much better on the left to much better on the right, then both bad
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Strengths(int comparisons, Estimate clear, List<Step> steps) {
    private static final int STRONGEST = 3;
    private static final int CLEAR = 2;
    /** Names the step of comparisons that say that neither is good. */
    public static final String BOTH_BAD = "both_bad";

    /**
     * One step of the scale.
     *
     * @param step -3 (the answer on the left is much better) to 3, 0 for a tie, or {@value #BOTH_BAD}
     */
    public record Step(String step, int count, Estimate share) {
        boolean isNumber() {
            return !step.equals(BOTH_BAD);
        }
    }

    static Strengths of(RatingSample sample) {
        Comparing comparing = new Comparing(sample);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int strength = -STRONGEST; strength <= STRONGEST; strength++) {
            counts.put(Integer.toString(strength), 0);
        }
        counts.put(BOTH_BAD, 0);
        int all = 0;
        int clear = 0;
        for (StandingRating rating : sample.ratings()) {
            for (Comparison said : comparing.of(rating)) {
                counts.merge(said.bothBad() ? BOTH_BAD : Integer.toString(-said.strength()), 1, Integer::sum);
                all++;
                clear += Math.abs(said.strength()) >= CLEAR ? 1 : 0;
            }
        }
        int total = all;
        List<Step> steps = new ArrayList<>();
        counts.forEach((step, count) -> steps.add(new Step(step, count, share(count, total))));
        return new Strengths(all, share(clear, all), steps);
    }

    private static Estimate share(int count, int of) {
        return of == 0 ? Estimate.undefined("no answers were compared") : Estimate.of(Proportions.wilson(count, of));
    }

    /** How often the most frequent step was chosen. */
    public int most() {
        return steps.stream().map(Step::count).max(Comparator.naturalOrder()).orElse(0);
    }
}
