package dev.ratchet.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.dataset.Aggregation.CastVote;
import dev.ratchet.dataset.MeanStrength.Preference;
import dev.ratchet.dataset.MeanStrength.Vote;
import dev.ratchet.stats.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is reliable counts more: that gives more pairs right than counting everybody the same. */
class ReliableStrengthTest {
    private static final UUID GOOD = new UUID(0, 1);
    private static final UUID POOR = new UUID(0, 2);
    private static final UUID BAD = new UUID(0, 3);
    private static final Aggregation POLICY = new ReliableStrength(Map.of(GOOD, 0.8, POOR, 0.3, BAD, 0.0));
    private static final int TASKS = 400;
    private static final int OVERLAP = 3;

    @Test
    void oneReliableReviewerOutweighsTwoPoorOnes() {
        assertThat(POLICY.aggregate(1, 2, List.of(vote(GOOD, 2), vote(POOR, -2), vote(POOR, -2))))
                .contains(new Preference(1, 2, 0.8 / 3, 0));
    }

    @Test
    void whoCountsNothingMakesNoPairAndTurnsNone() {
        assertThat(POLICY.aggregate(1, 2, List.of(vote(BAD, 3)))).isEmpty();
        assertThat(POLICY.aggregate(1, 2, List.of(vote(BAD, -3), vote(GOOD, 1))))
                .contains(new Preference(1, 2, 0.4, 0));
    }

    @Test
    void aPairThatAPoorReviewerAloneVouchesForCountsLittle() {
        assertThat(POLICY.aggregate(1, 2, List.of(vote(POOR, 1)))).contains(new Preference(1, 2, 0.3, 0));
    }

    @Test
    void aLeadsDecisionCountsWhole() {
        assertThat(POLICY.aggregate(1, 2, List.of(new CastVote(BAD, true, new Vote(-1, false)))))
                .contains(new Preference(2, 1, 1, 0));
    }

    @Test
    void withEqualWeightsOfOneItIsTheMeanStrength() {
        Random random = new Random(7);
        Aggregation equal = new ReliableStrength(Map.of(GOOD, 1.0));
        for (int i = 0; i < 500; i++) {
            List<CastVote> votes = new ArrayList<>();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                boolean bad = random.nextInt(6) == 0;
                votes.add(new CastVote(GOOD, false, new Vote(bad ? 0 : random.nextInt(7) - 3, bad)));
            }
            Optional<Preference> expected = Aggregation.MEAN_STRENGTH.aggregate(1, 2, votes);
            Collections.shuffle(votes, random);
            assertThat(equal.aggregate(1, 2, votes)).isEqualTo(expected);
        }
    }

    @Test
    void onSimulatedTeamsMorePairsAreRightAndTheAdversaryCountsNothing() {
        for (long seed = 1; seed <= 5; seed++) {
            Team team = new Team(seed);
            List<ReviewerWeight> weights = ReviewerReliabilities.estimate(team.labels, Map.of());
            Map<UUID, Double> byReviewer = new HashMap<>();
            weights.forEach(one -> byReviewer.put(one.reviewer(), one.weight()));
            assertThat(byReviewer.get(Team.ADVERSARY)).as("seed %d", seed).isZero();
            assertThat(byReviewer.get(Team.CAREFUL)).as("seed %d", seed).isGreaterThan(byReviewer.get(Team.COIN));
            double weighed = team.right(new ReliableStrength(byReviewer));
            double same = team.right(Aggregation.MEAN_STRENGTH);
            assertThat(weighed).as("seed %d", seed).isGreaterThan(same);
            Collections.shuffle(team.labels, new Random(seed));
            assertThat(ReviewerReliabilities.estimate(team.labels, Map.of())).isEqualTo(weights);
        }
    }

    private static CastVote vote(UUID reviewer, int strength) {
        return new CastVote(reviewer, false, new Vote(strength, false));
    }

    /** Three careful reviewers, four average ones, a coin-tosser and an adversary; response 1 or 2 is the better one. */
    private static final class Team {
        static final UUID CAREFUL = new UUID(1, 0);
        static final UUID COIN = new UUID(1, 7);
        static final UUID ADVERSARY = new UUID(1, 8);
        private static final double[] RIGHT = {0.9, 0.9, 0.9, 0.75, 0.75, 0.75, 0.75, 0.5, 0.1};

        final List<Label> labels = new ArrayList<>();
        final List<Integer> truth = new ArrayList<>();
        final List<List<CastVote>> votes = new ArrayList<>();

        Team(long seed) {
            Random random = new Random(seed);
            for (int task = 0; task < TASKS; task++) {
                int better = random.nextInt(2);
                truth.add(better);
                List<Integer> drawn = new ArrayList<>();
                for (int i = 0; i < RIGHT.length; i++) {
                    drawn.add(i);
                }
                Collections.shuffle(drawn, random);
                List<CastVote> said = new ArrayList<>();
                for (int reviewer : drawn.subList(0, OVERLAP)) {
                    int choice = random.nextDouble() < RIGHT[reviewer] ? better : 1 - better;
                    UUID id = new UUID(1, reviewer);
                    labels.add(new Label("task " + task, id.toString(), choice));
                    said.add(vote(id, (choice == 0 ? 1 : -1) * (1 + random.nextInt(3))));
                }
                votes.add(said);
            }
        }

        /** The share of all tasks whose pair is there and has the better response chosen. */
        double right(Aggregation policy) {
            int right = 0;
            for (int task = 0; task < TASKS; task++) {
                long better = truth.get(task) + 1;
                right += policy.aggregate(1, 2, votes.get(task))
                        .filter(pair -> pair.chosenResponseId() == better).isPresent() ? 1 : 0;
            }
            return (double) right / TASKS;
        }
    }
}
