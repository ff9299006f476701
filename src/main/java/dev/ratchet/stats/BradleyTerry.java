package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Strengths of players from comparisons in pairs (Bradley and Terry 1952): the odds that i beats j are as strength i to strength j. A tie
 * counts as half a win of each. Fitted by maximum likelihood with Newton's method, log-strengths summing to zero.
 */
public final class BradleyTerry {
    private static final int MAX_STEPS = 100;

    private BradleyTerry() {}

    /**
     * Ratings of all players, best first.
     *
     * @param bootstrap draws whole comparisons again for the bands
     */
    public static Ratings fit(Collection<Comparison> comparisons, Bootstrap bootstrap) {
        ComparisonTable table = ComparisonTable.of(comparisons);
        Optional<Undefined> undefined = table.undefined();
        if (undefined.isPresent()) {
            return new Ratings(List.of(), undefined);
        }
        double[] strengths = logStrengths(table);
        double[] errors = sandwichErrors(table, strengths);
        double[][] resamples = resamples(table, bootstrap);
        List<PlayerRating> players = new ArrayList<>();
        for (int player = 0; player < strengths.length; player++) {
            double rating = PlayerRating.rating(strengths[player]);
            double half = Interval.Z95 * errors[player] * PlayerRating.POINTS;
            players.add(new PlayerRating(table.players().get(player), Math.exp(strengths[player]),
                    new Interval(rating, rating - half, rating + half), band(resamples, player, rating, bootstrap), 1));
        }
        return Ratings.ranked(players);
    }

    /** Log-strengths that sum to zero; the table must have a finite maximum. */
    private static double[] logStrengths(ComparisonTable table) {
        int size = table.players().size();
        double[] strengths = new double[size];
        double likelihood = logLikelihood(table, strengths);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] move = Symmetric.multiply(Symmetric.inverse(information(table, strengths)), gradient(table, strengths));
            double[] next = moved(strengths, move, 1);
            double now = logLikelihood(table, next);
            // The likelihood is concave, so a shorter step always rises until rounding is all that is left.
            for (double length = 0.5; now < likelihood && length > 1e-9; length /= 2) {
                next = moved(strengths, move, length);
                now = logLikelihood(table, next);
            }
            if (now < likelihood || Arrays.stream(move).map(Math::abs).max().orElse(0) < 1e-12) {
                return strengths;
            }
            strengths = next;
            likelihood = now;
        }
        return strengths;
    }

    private static double[] moved(double[] from, double[] move, double length) {
        double[] to = new double[from.length];
        double mean = 0;
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + length * move[i];
            mean += to[i] / to.length;
        }
        for (int i = 0; i < to.length; i++) {
            to[i] -= mean;
        }
        return to;
    }

    private static double probability(double[] strengths, int player, int other) {
        return 1 / (1 + Math.exp(strengths[other] - strengths[player]));
    }

    private static double logLikelihood(ComparisonTable table, double[] strengths) {
        double sum = 0;
        for (int i = 0; i < strengths.length; i++) {
            for (int j = 0; j < strengths.length; j++) {
                double score = table.score(i, j);
                sum += score == 0 ? 0 : score * Math.log(probability(strengths, i, j));
            }
        }
        return sum;
    }

    private static double[] gradient(ComparisonTable table, double[] strengths) {
        double[] gradient = new double[strengths.length];
        for (int i = 0; i < strengths.length; i++) {
            for (int j = 0; j < strengths.length; j++) {
                double games = i == j ? 0 : table.score(i, j) + table.score(j, i);
                gradient[i] += i == j ? 0 : table.score(i, j) - games * probability(strengths, i, j);
            }
        }
        return gradient;
    }

    /** Fisher's information, with one in the direction that the sum of zero leaves out, so that it can be inverted. */
    private static double[][] information(ComparisonTable table, double[] strengths) {
        return Symmetric.laplacian(strengths.length, 1, (i, j) -> {
            double p = probability(strengths, i, j);
            return (table.score(i, j) + table.score(j, i)) * p * (1 - p);
        });
    }

    /** Standard errors by the sandwich estimator, which stays right where ties make outcomes less spread than the model has them. */
    private static double[] sandwichErrors(ComparisonTable table, double[] strengths) {
        double[][] bread = Symmetric.inverse(information(table, strengths));
        double[][] meat = Symmetric.laplacian(strengths.length, 0, (i, j) -> {
            double p = probability(strengths, i, j);
            return table.wins()[i][j] * (1 - p) * (1 - p) + table.wins()[j][i] * p * p
                    + table.tied(i, j) * (0.5 - p) * (0.5 - p);
        });
        double[] errors = new double[strengths.length];
        for (int i = 0; i < errors.length; i++) {
            // Laplacians have no part in the direction of ones, so the bread's one there drops out.
            double[] meatTimesBread = Symmetric.multiply(meat, bread[i]);
            for (int j = 0; j < errors.length; j++) {
                errors[i] += bread[i][j] * meatTimesBread[j];
            }
            errors[i] = Math.sqrt(errors[i]);
        }
        return errors;
    }

    private static double[][] resamples(ComparisonTable table, Bootstrap bootstrap) {
        SplittableRandom random = new SplittableRandom(bootstrap.seed());
        List<double[]> strengths = new ArrayList<>();
        for (int i = 0; i < bootstrap.resamples(); i++) {
            ComparisonTable drawn = table.resampled(random);
            if (drawn.undefined().isEmpty()) {
                strengths.add(logStrengths(drawn));
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
