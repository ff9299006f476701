package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewerScreenTest {

    @ParameterizedTest
    // By hand: 2 x (1 + 10 + 45) / 1024; 2 / 32; 40 of 100 as R's binom.test(40, 100).
    @CsvSource({"2, 10, 0.109375", "8, 10, 0.109375", "5, 5, 0.0625", "5, 10, 1", "0, 0, 1", "40, 100, 0.05688793"})
    void theBinomialTestIsExact(int successes, int trials, double probability) {
        assertThat(SignificanceTests.binomialAgainstHalf(successes, trials)).isCloseTo(probability, within(5e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "1.959963984540054, 0.975", "-3.090232306167813, 0.001", "-40, 0", "40, 1"})
    void theNormalDistributionIsAsTabulated(double z, double probability) {
        assertThat(SignificanceTests.normal(z)).isCloseTo(probability, within(1e-14));
    }

    @Test
    void holmsAdjustmentStepsDownAndNeverFalls() {
        assertThat(SignificanceTests.holm(new double[] {0.04, 0.01, 0.03, 0.005}))
                .containsExactly(new double[] {0.06, 0.03, 0.06, 0.02}, within(1e-12));
        assertThat(SignificanceTests.holm(new double[] {0.7, 0.9})).containsExactly(1, 1);
        assertThat(SignificanceTests.holm(new double[0])).isEmpty();
    }

    @Test
    void theScoreTestIsTheOneThatWilsonsIntervalInverts() {
        Interval interval = Proportions.wilson(30, 50);
        assertThat(SignificanceTests.below(0.6, interval.high(), 50)).isCloseTo(0.025, within(1e-12));
        assertThat(SignificanceTests.below(0.6, 0.9, 0)).isEqualTo(0.5);
        assertThat(SignificanceTests.below(0.9, 1, 10)).isZero();
    }

    @Test
    void theLeftShareComesWithItsIntervalAndTest() {
        SideBias bias = SideBias.of(60, 100);
        assertThat(bias.share().low()).isCloseTo(0.502003, within(1e-6));
        assertThat(bias.probability()).isCloseTo(0.05688793, within(1e-8));
    }

    private static List<ReviewerEvidence> evidence(SimulatedReviewers simulated, Map<String, Double> seconds) {
        ReviewerReliability fit = DawidSkene.ofClasses(2).fit(simulated.labels, Map.of());
        List<ReviewerEvidence> evidence = new ArrayList<>();
        fit.reviewers().forEach((reviewer, accuracy) -> evidence.add(new ReviewerEvidence(reviewer,
                Optional.of(accuracy),
                Optional.of(SideBias.of(simulated.left.get(reviewer), simulated.chosen.get(reviewer))),
                seconds.containsKey(reviewer) ? OptionalDouble.of(seconds.get(reviewer)) : OptionalDouble.empty())));
        return evidence;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void badReviewersAreFoundAndGoodOnesLeftAlone(long seed) {
        SimulatedReviewers simulated = new SimulatedReviewers(SimulatedReviewers.team(), 600, 4, seed);
        List<Finding> findings = ReviewerScreen.usual().findings(evidence(simulated, Map.of()));
        assertThat(findings).filteredOn(finding -> finding.reviewer().equals("adversary"))
                .extracting(Finding::kind).containsExactly(Finding.Kind.ADVERSARIAL);
        assertThat(findings).filteredOn(finding -> finding.reviewer().equals("coin"))
                .extracting(Finding::kind).containsExactly(Finding.Kind.CARELESS);
        assertThat(findings).filteredOn(finding -> finding.reviewer().equals("left"))
                .extracting(Finding::kind).containsExactly(Finding.Kind.CARELESS, Finding.Kind.LEFT_PICKING);
        assertThat(findings).hasSize(4);
    }

    @Test
    void aSoundTeamOfFortyIsSeldomAccused() {
        Map<String, Double> team = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            team.put("r" + i, 0.7 + 0.005 * i);
        }
        int accused = 0;
        for (int seed = 0; seed < 20; seed++) {
            List<ReviewerEvidence> evidence = evidence(new SimulatedReviewers(team, 400, 3, seed), Map.of());
            accused += ReviewerScreen.usual().findings(evidence).isEmpty() ? 0 : 1;
        }
        assertThat(accused).isLessThanOrEqualTo(3);
    }

    @Test
    void whoJustBeganIsNotAccused() {
        SimulatedReviewers simulated = new SimulatedReviewers(SimulatedReviewers.team(), 600, 4, 1);
        for (int task = 0; task < 3; task++) {
            String unit = "task " + task;
            simulated.labels.add(new Label(unit, "novice", 1 - simulated.truth.get(unit)));
        }
        simulated.left.put("novice", 3);
        simulated.chosen.put("novice", 3);
        assertThat(ReviewerScreen.usual().findings(evidence(simulated, Map.of())))
                .extracting(Finding::reviewer).doesNotContain("novice");
    }

    private static ReviewerEvidence timed(String reviewer, double seconds) {
        return new ReviewerEvidence(reviewer, Optional.empty(), Optional.empty(), OptionalDouble.of(seconds));
    }

    @Test
    void whoTakesAFractionOfTheTeamsTimeIsTooFast() {
        List<ReviewerEvidence> team = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            team.add(timed("r" + i, 30 * Math.exp(0.25 * random.nextGaussian())));
        }
        assertThat(ReviewerScreen.usual().findings(team)).isEmpty();
        team.add(timed("hasty", 4));
        team.add(timed("slow", 300));
        List<Finding> findings = ReviewerScreen.usual().findings(team);
        assertThat(findings).extracting(Finding::reviewer).containsExactly("hasty");
        assertThat(findings.get(0).kind()).isEqualTo(Finding.Kind.TOO_FAST);
        assertThat(findings.get(0).evidence()).startsWith("Median active time 4.0 s against the team's ")
                .endsWith(" robust deviations below.");
    }

    @Test
    void aTeamOfOneTempoStillShowsTheHasty() {
        List<ReviewerEvidence> team = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            team.add(timed("r" + i, 30));
        }
        assertThat(ReviewerScreen.usual().findings(team)).isEmpty();
        team.add(timed("hasty", 2));
        assertThat(ReviewerScreen.usual().findings(team)).extracting(Finding::reviewer).containsExactly("hasty");
        assertThat(ReviewerScreen.usual().findings(List.of(timed("a", 1), timed("b", 100)))).isEmpty();
    }

    @Test
    void aSmallLeaningIsNoFinding() {
        // 5,400 of 10,000 is beyond chance, but within the margin.
        ReviewerEvidence leaning = new ReviewerEvidence("ann", Optional.empty(), Optional.of(SideBias.of(5400, 10_000)),
                OptionalDouble.empty());
        assertThat(leaning.sides().orElseThrow().probability()).isLessThan(1e-12);
        assertThat(ReviewerScreen.usual().findings(List.of(leaning))).isEmpty();
        ReviewerEvidence right = new ReviewerEvidence("ben", Optional.empty(), Optional.of(SideBias.of(20, 100)),
                OptionalDouble.empty());
        assertThat(ReviewerScreen.usual().findings(List.of(leaning, right))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.RIGHT_PICKING);
            assertThat(finding.evidence())
                    .isEqualTo("Chose the left answer 20 times of 100, a share of 0.20 (95% interval 0.13 to 0.29).");
        });
    }

    @Test
    void evidenceAndThresholdsAreChecked() {
        assertThatThrownBy(() -> timed("ann", 0)).hasMessageContaining("median time of ann");
        assertThatThrownBy(() -> new ReviewerScreen(0, 0.05, 3.5, 0.5, 3)).hasMessageContaining("level");
        assertThatThrownBy(() -> SideBias.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
