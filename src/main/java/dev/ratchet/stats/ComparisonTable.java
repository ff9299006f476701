package dev.ratchet.stats;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * How often each outcome of each pairing was seen.
 *
 * @param players in the order of their names
 * @param wins how often the row's player beat the column's, [P, P]
 * @param ties how often they tied, above the diagonal, [P, P]
 */
record ComparisonTable(List<String> players, int[][] wins, int[][] ties) {

    static ComparisonTable of(Collection<Comparison> comparisons) {
        List<String> players = comparisons.stream()
                .flatMap(comparison -> Stream.of(comparison.first(), comparison.second())).distinct().sorted().toList();
        int[][] wins = new int[players.size()][players.size()];
        int[][] ties = new int[players.size()][players.size()];
        for (Comparison comparison : comparisons) {
            int first = players.indexOf(comparison.first());
            int second = players.indexOf(comparison.second());
            if (comparison.outcome() == 0.5) {
                ties[Math.min(first, second)][Math.max(first, second)]++;
            } else if (comparison.outcome() == 1) {
                wins[first][second]++;
            } else {
                wins[second][first]++;
            }
        }
        return new ComparisonTable(players, wins, ties);
    }

    /** Wins of one player over another, ties as halves. */
    double score(int player, int other) {
        return wins[player][other] + tied(player, other) / 2.0;
    }

    int tied(int player, int other) {
        return ties[Math.min(player, other)][Math.max(player, other)];
    }

    /**
     * Why the likelihood has no finite maximum, if it has none (Ford 1957): each group must have lost to the rest at
     * least in part.
     */
    Optional<Undefined> undefined() {
        if (players.size() < 2 || !reachesAll(true, true)) {
            return Optional.of(Undefined.NOT_CONNECTED);
        }
        return reachesAll(true, false) && reachesAll(false, true) ? Optional.empty() : Optional.of(Undefined.SEPARABLE);
    }

    private boolean reachesAll(boolean alongWins, boolean alongLosses) {
        boolean[] reached = new boolean[players.size()];
        int[] queue = new int[players.size()];
        int end = 1;
        reached[0] = true;
        for (int next = 0; next < end; next++) {
            for (int other = 0; other < reached.length; other++) {
                boolean edge = alongWins && score(queue[next], other) > 0
                        || alongLosses && score(other, queue[next]) > 0;
                if (edge && !reached[other]) {
                    reached[other] = true;
                    queue[end++] = other;
                }
            }
        }
        return end == reached.length;
    }

    /** As many comparisons drawn from these with replacement. */
    ComparisonTable resampled(SplittableRandom random) {
        int size = players.size();
        int[] counts = new int[2 * size * size];
        int total = 0;
        for (int cell = 0; cell < counts.length; cell++) {
            int[][] table = cell < size * size ? wins : ties;
            counts[cell] = table[cell / size % size][cell % size];
            total += counts[cell];
        }
        int[] cellOf = new int[total];
        int filled = 0;
        for (int cell = 0; cell < counts.length; cell++) {
            for (int i = 0; i < counts[cell]; i++) {
                cellOf[filled++] = cell;
            }
        }
        ComparisonTable drawn = new ComparisonTable(players, new int[size][size], new int[size][size]);
        for (int i = 0; i < total; i++) {
            int cell = cellOf[random.nextInt(total)];
            (cell < size * size ? drawn.wins : drawn.ties)[cell / size % size][cell % size]++;
        }
        return drawn;
    }
}
