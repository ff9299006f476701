package dev.ratchet.dataset;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The aggregation policy {@code reliability-v1}: {@link MeanStrength} with each reviewer's word weighed by how reliable
 * they are.
 *
 * <p>With the weight w of each reviewer in [0, 1] and the strength s of what they said, the mean is the sum of w s over
 * the sum of w, both without "both bad". If it is less than a quarter of a step from 0, or all weights are 0, there is
 * no pair. Otherwise the response on the mean's side is chosen, and
 *
 * <pre>weight = sum of w of those who prefer the chosen response / (preferences + ties + both bad),   margin = 0</pre>
 *
 * <p>The divisor counts people and not their weights, so that a pair which only a poor reviewer vouches for counts
 * little in training, also where nobody else rated it; with all weights 1 the policy is {@code mean-strength-v1}. A
 * lead's decision has weight 1. Who never preferred one response to another has no estimate, and the mean weight of the
 * others.
 */
final class ReliableStrength implements Aggregation {
    static final String NAME = "reliability-v1";

    private static final double THRESHOLD =
            (double) MeanStrength.THRESHOLD_NUMERATOR / MeanStrength.THRESHOLD_DENOMINATOR;

    private final Map<UUID, Double> weights;
    private final double unknown;

    /** @param weights of reviewers, by pseudonym */
    ReliableStrength(Map<UUID, Double> weights) {
        this.weights = Map.copyOf(weights);
        this.unknown = weights.values().stream().sorted().mapToDouble(Double::doubleValue).average().orElse(1);
    }

    @Override
    public String policy() {
        return NAME;
    }

    @Override
    public Optional<MeanStrength.Preference> aggregate(long first, long second, List<CastVote> votes) {
        double sum = 0;
        double judged = 0;
        double forFirst = 0;
        double forSecond = 0;
        // Sums of fractions depend on their order.
        List<Weighed> sorted = votes.stream().map(cast -> new Weighed(cast.vote(), weight(cast)))
                .sorted(Comparator.comparingInt((Weighed one) -> one.vote().strength()).thenComparing(Weighed::weight))
                .toList();
        for (Weighed one : sorted) {
            int strength = one.vote().strength();
            sum += one.weight() * strength;
            judged += one.vote().bothBad() ? 0 : one.weight();
            forFirst += strength > 0 ? one.weight() : 0;
            forSecond += strength < 0 ? one.weight() : 0;
        }
        if (sum == 0 || Math.abs(sum) < judged * THRESHOLD) {
            return Optional.empty();
        }
        return Optional.of(sum > 0
                ? new MeanStrength.Preference(first, second, forFirst / votes.size(), 0)
                : new MeanStrength.Preference(second, first, forSecond / votes.size(), 0));
    }

    private double weight(CastVote cast) {
        return cast.adjudication() ? 1 : weights.getOrDefault(cast.reviewer(), unknown);
    }

    /** A vote and what it counts. */
    private record Weighed(MeanStrength.Vote vote, double weight) {}
}
