package dev.ratchet.stats;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ratings of all players, or why there are none.
 *
 * @param players best first; empty where undefined
 */
public record Ratings(List<PlayerRating> players, Optional<Undefined> undefined) {

    static Ratings ranked(List<PlayerRating> players) {
        return new Ratings(players.stream().map(player -> {
            long above = players.stream().filter(other -> other.rating().low() > player.rating().high()).count();
            return new PlayerRating(player.player(), player.strength(), player.rating(), player.bootstrap(), 1 + (int) above);
        }).sorted(Comparator.comparingDouble((PlayerRating player) -> player.rating().estimate()).reversed()).toList(),
                Optional.empty());
    }
}
