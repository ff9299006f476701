package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BradleyTerryTest {
    private static final JsonNode GOLDEN = Golden.read("bradley_terry.json");
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1000, 1);

    private static List<Comparison> comparisons(String first, String second, int wins, int losses, int ties) {
        List<Comparison> comparisons = new ArrayList<>(Collections.nCopies(wins, new Comparison(first, second, 1)));
        comparisons.addAll(Collections.nCopies(losses, new Comparison(first, second, 0)));
        comparisons.addAll(Collections.nCopies(ties, new Comparison(second, first, 0.5)));
        return comparisons;
    }

    private static List<Comparison> threePlayers() {
        List<Comparison> all = new ArrayList<>();
        GOLDEN.at("/ties_half/first_wins_second_wins_ties").properties().forEach(pair -> all.addAll(comparisons(
                pair.getKey().substring(0, 1), pair.getKey().substring(1), pair.getValue().get(0).asInt(),
                pair.getValue().get(1).asInt(), pair.getValue().get(2).asInt())));
        return all;
    }

    private static Map<String, PlayerRating> byName(PlayerRatings ratings) {
        return ratings.players().stream().collect(Collectors.toMap(PlayerRating::player, Function.identity()));
    }

    @Test
    void strengthsAreThoseOfThePublishedExample() {
        int[][] wins = Golden.table(GOLDEN.at("/wikipedia/wins"));
        List<Comparison> all = new ArrayList<>();
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < wins.length; j++) {
                all.addAll(comparisons("p" + i, "p" + j + (i == j ? "'" : ""), wins[i][j], 0, 0));
            }
        }
        Map<String, PlayerRating> players = byName(BradleyTerry.fit(all, BOOTSTRAP));
        for (int i = 0; i < wins.length; i++) {
            assertThat(players.get("p" + i).strength())
                    .isCloseTo(GOLDEN.at("/wikipedia/strengths_geometric_mean_1/" + i).asDouble(), within(5e-7));
        }
        // Few comparisons: too many resamples in which someone never wins.
        assertThat(players.get("p0").bootstrap()).isEmpty();
    }

    @Test
    void ratingsWithTiesAsHalvesHaveTheKnownIntervals() {
        Map<String, PlayerRating> players = byName(BradleyTerry.fit(threePlayers(), BOOTSTRAP));
        JsonNode known = GOLDEN.get("ties_half");
        for (int i = 0; i < 3; i++) {
            String name = "ABC".substring(i, i + 1);
            Interval rating = players.get(name).rating();
            assertThat(rating.estimate()).isCloseTo(known.get("ratings").get(name).asDouble(), within(5e-4));
            // The known half-width of C, 31.8863, is cut, not rounded.
            assertThat((rating.high() - rating.low()) / 2)
                    .isCloseTo(known.get("sandwich_95_half_widths").get(i).asDouble(), within(0.01));
            Interval band = players.get(name).bootstrap().orElseThrow();
            JsonNode bounds = known.get("bootstrap_1000_rounds_95").get(name);
            // The ends of a band of a thousand resamples have a standard error of about 1.5 points.
            assertThat(band.low()).isCloseTo(bounds.get(0).asDouble(), within(6.0));
            assertThat(band.high()).isCloseTo(bounds.get(1).asDouble(), within(6.0));
        }
    }

    @Test
    void ranksCountWhoIsSurelyAbove() {
        PlayerRatings ratings = BradleyTerry.fit(threePlayers(), BOOTSTRAP);
        assertThat(ratings.players()).extracting(PlayerRating::player).containsExactly("A", "B", "C");
        assertThat(ratings.players()).extracting(PlayerRating::rank).containsExactly(1, 2, 2);
    }

    @Test
    void threeWinsToOneAreOddsOfThree() {
        Map<String, PlayerRating> players = byName(BradleyTerry.fit(comparisons("x", "y", 3, 1, 0), BOOTSTRAP));
        assertThat(players.get("x").rating().estimate())
                .isCloseTo(GOLDEN.at("/two_players_3_to_1/0").asDouble(), within(5e-5));
        assertThat(players.get("y").rating().estimate())
                .isCloseTo(GOLDEN.at("/two_players_3_to_1/1").asDouble(), within(5e-5));
        assertThat(players.get("x").strength() / players.get("y").strength()).isCloseTo(3, within(1e-9));
    }

    @Test
    void strengthsWithoutAFiniteMaximumAreUndefined() {
        assertThat(BradleyTerry.fit(comparisons("x", "y", 5, 0, 0), BOOTSTRAP))
                .isEqualTo(new PlayerRatings(List.of(), Optional.of(Undefined.SEPARABLE)));
        List<Comparison> apart = new ArrayList<>(comparisons("a", "b", 3, 2, 0));
        apart.addAll(comparisons("c", "d", 2, 3, 0));
        assertThat(BradleyTerry.fit(apart, BOOTSTRAP).undefined()).contains(Undefined.NOT_CONNECTED);
        assertThat(BradleyTerry.fit(List.of(), BOOTSTRAP).undefined()).contains(Undefined.NOT_CONNECTED);
        // A tie is half a loss, and connects.
        assertThat(BradleyTerry.fit(comparisons("x", "y", 5, 0, 1), BOOTSTRAP).undefined()).isEmpty();
    }

    @Test
    void knownStrengthsAreRecovered() {
        Random random = new Random(1);
        List<Comparison> all = new ArrayList<>();
        double[] truth = {-2, -0.7, 0, 0.5, 2.2};
        for (int i = 0; i < 20_000; i++) {
            int first = random.nextInt(5);
            int second = (first + 1 + random.nextInt(4)) % 5;
            double probability = 1 / (1 + Math.exp(truth[second] - truth[first]));
            all.add(new Comparison("p" + first, "p" + second, random.nextDouble() < probability ? 1 : 0));
        }
        Map<String, PlayerRating> players = byName(BradleyTerry.fit(all, new Bootstrap(100, 1)));
        for (int i = 0; i < 5; i++) {
            assertThat(Math.log(players.get("p" + i).strength())).isCloseTo(truth[i], within(0.12));
        }
    }

    @Test
    void impossibleOutcomesAreRefused() {
        assertThatThrownBy(() -> new Comparison("a", "b", 0.7)).hasMessageContaining("1, 0.5 or 0");
        assertThatThrownBy(() -> new Comparison("a", "a", 1)).hasMessageContaining("itself");
    }
}
