package dev.ratchet.stats;

import java.util.Optional;

/**
 * One player's place.
 *
 * @param strength with the geometric mean of all players 1; odds of winning are ratios of strengths
 * @param rating on Elo's scale, 1000 + 400 log10(strength), with its 95% interval by the sandwich estimator
 * @param bootstrap the rating with its 95% percentile band over comparisons, where nearly all resamples have a finite
 * fit
 * @param rank 1 + the number of players whose sandwich interval lies wholly above this one's
 */
public record PlayerRating(String player, double strength, Interval rating, Optional<Interval> bootstrap, int rank) {
    /** Points per unit of log-strength. */
    static final double POINTS = 400 / Math.log(10);

    PlayerRating ranked(int place) {
        return new PlayerRating(player, strength, rating, bootstrap, place);
    }

    static double rating(double logStrength) {
        return 1000 + POINTS * logStrength;
    }
}
