package dev.ratchet.dataset;

import java.util.Collection;
import java.util.Optional;

/**
 * The aggregation policy {@code mean-strength-v1}: what several ratings of two responses say together.
 *
 * <p>A preference counts its strength (1 to 3) for the response that it prefers, a tie counts 0; the mean is taken over
 * both. "Both bad" says nothing about which is better, so it stays out of the mean; withdrawn ratings stay out of
 * everything. If the mean is less than {@value #THRESHOLD_NUMERATOR}/{@value #THRESHOLD_DENOMINATOR} of a step from 0
 * there is no pair. Otherwise the response on the mean's side is chosen, and
 *
 * <pre>weight = ratings that prefer the chosen response / (preferences + ties + both bad),   margin = 0</pre>
 *
 * <p>Sums are of whole numbers, so the order of the ratings can never show.
 */
public final class MeanStrength {
    public static final String NAME = "mean-strength-v1";

    static final int THRESHOLD_NUMERATOR = 1;
    static final int THRESHOLD_DENOMINATOR = 4;

    private MeanStrength() {}

    /**
     * What one current rating says of two responses.
     *
     * @param strength above 0 where the first is better, below 0 where the second is, 0 for neither
     * @param bothBad whether neither is good
     */
    public record Vote(int strength, boolean bothBad) {}

    /** What the ratings agree on. */
    public record Preference(long chosenResponseId, long rejectedResponseId, double weight, double margin) {}

    /** What the votes on two responses say together; empty if they say nothing, or cancel out. */
    public static Optional<Preference> aggregate(long first, long second, Collection<Vote> votes) {
        long sum = 0;
        long judged = 0;
        long forFirst = 0;
        long forSecond = 0;
        for (Vote vote : votes) {
            sum += vote.strength();
            judged += vote.bothBad() ? 0 : 1;
            forFirst += vote.strength() > 0 ? 1 : 0;
            forSecond += vote.strength() < 0 ? 1 : 0;
        }
        if (sum == 0 || Math.abs(sum) * THRESHOLD_DENOMINATOR < judged * THRESHOLD_NUMERATOR) {
            return Optional.empty();
        }
        return Optional.of(sum > 0
                ? new Preference(first, second, (double) forFirst / votes.size(), 0)
                : new Preference(second, first, (double) forSecond / votes.size(), 0));
    }
}
