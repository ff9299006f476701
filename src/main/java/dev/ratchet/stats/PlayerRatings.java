package dev.ratchet.stats;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ratings of all players, or why there are none.
 *
 * @param players best first; empty where undefined
 */
public record PlayerRatings(List<PlayerRating> players, Optional<Undefined> undefined) {

    static PlayerRatings ranked(List<PlayerRating> players) {
        List<PlayerRating> ranked = players.stream()
                .sorted(Comparator.comparingDouble((PlayerRating player) -> -player.rating().estimate()))
                .map(player -> player.ranked(1 + (int) players.stream()
                        .filter(other -> other.rating().low() > player.rating().high()).count()))
                .toList();
        return new PlayerRatings(ranked, Optional.empty());
    }
}
