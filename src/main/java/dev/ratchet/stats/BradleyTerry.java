package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Strengths of players from comparisons in pairs (Bradley and Terry 1952): the odds that i beats j are as strength i
 * to strength j. A tie counts as half a win of each. Fitted by maximum likelihood.
 */
public final class BradleyTerry {

    private BradleyTerry() {}

    /**
     * Ratings of all players, best first, or why there are none.
     *
     * @param bootstrap draws whole comparisons again for the bands
     */
    public static PlayerRatings fit(Collection<Comparison> comparisons, Bootstrap bootstrap) {
        ComparisonTable table = ComparisonTable.of(comparisons);
        Optional<Undefined> undefined = table.undefined();
        if (undefined.isPresent()) {
            return new PlayerRatings(List.of(), undefined);
        }
        BradleyTerryLikelihood likelihood = new BradleyTerryLikelihood(table);
        double[] strengths = likelihood.maximum();
        double[] errors = likelihood.sandwichErrors(strengths);
        double[][] resamples = resamples(table, bootstrap);
        List<PlayerRating> players = new ArrayList<>();
        for (int player = 0; player < strengths.length; player++) {
            double rating = PlayerRating.rating(strengths[player]);
            double half = Interval.Z95 * errors[player] * PlayerRating.POINTS;
            players.add(new PlayerRating(table.players().get(player), Math.exp(strengths[player]),
                    new Interval(rating, rating - half, rating + half), band(resamples, player, rating, bootstrap), 1));
        }
        return PlayerRatings.ranked(players);
    }

    private static double[][] resamples(ComparisonTable table, Bootstrap bootstrap) {
        SplittableRandom random = new SplittableRandom(bootstrap.seed());
        List<double[]> strengths = new ArrayList<>();
        for (int i = 0; i < bootstrap.resamples(); i++) {
            ComparisonTable drawn = table.resampled(random);
            if (drawn.undefined().isEmpty()) {
                strengths.add(new BradleyTerryLikelihood(drawn).maximum());
            }
        }
        return strengths.toArray(double[][]::new);
    }

    private static Optional<Interval> band(double[][] resamples, int player, double rating, Bootstrap bootstrap) {
        if (resamples.length < Bootstrap.DEFINED * bootstrap.resamples()) {
            return Optional.empty();
        }
        double[] ratings = Arrays.stream(resamples).mapToDouble(strengths -> PlayerRating.rating(strengths[player]))
                .sorted().toArray();
        return Optional.of(new Interval(rating, Quantile.ofSorted(ratings, 0.025), Quantile.ofSorted(ratings, 0.975)));
    }
}
