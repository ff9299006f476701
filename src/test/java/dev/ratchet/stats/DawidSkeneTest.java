package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DawidSkeneTest {
    private static final DawidSkene TWO_CLASSES = DawidSkene.ofClasses(2);

    private static SimulatedReviewers team(int tasks, int overlap, long seed) {
        return new SimulatedReviewers(SimulatedReviewers.team(), tasks, overlap, seed);
    }

    private static double accuracy(ReviewerReliability fit, String reviewer) {
        return fit.reviewers().get(reviewer).accuracy().estimate();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void knownReliabilityIsRecovered(long seed) {
        ReviewerReliability fit = TWO_CLASSES.fit(team(800, 4, seed).labels, Map.of());
        for (String careful : List.of("careful 1", "careful 2", "careful 3")) {
            assertThat(accuracy(fit, careful)).isCloseTo(0.9, within(0.07));
            for (String average : List.of("average 1", "average 2", "average 3", "average 4")) {
                assertThat(accuracy(fit, average)).isCloseTo(0.75, within(0.09)).isLessThan(accuracy(fit, careful));
                assertThat(accuracy(fit, average)).isGreaterThan(accuracy(fit, "coin"))
                        .isGreaterThan(accuracy(fit, "left"));
            }
        }
        assertThat(accuracy(fit, "coin")).isCloseTo(0.5, within(0.12));
        assertThat(accuracy(fit, "left")).isCloseTo(0.5, within(0.12));
        assertThat(accuracy(fit, "adversary")).isCloseTo(0.2, within(0.09));
        assertThat(fit.converged()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theLogPosteriorNeverFalls(long seed) {
        List<Double> trajectory = TWO_CLASSES.fit(team(120, 3, seed).labels, Map.of()).logPosteriors();
        assertThat(trajectory).hasSizeGreaterThan(3);
        for (int i = 1; i < trajectory.size(); i++) {
            assertThat(trajectory.get(i)).isGreaterThanOrEqualTo(trajectory.get(i - 1) - 1e-10);
        }
    }

    @Test
    void theLogLikelihoodIsThatOfTheLabelsUnderTheModel() {
        ReviewerReliability fit = TWO_CLASSES.fit(
                List.of(new Label("t", "ann", 0), new Label("t", "ben", 1), new Label("gold", "ann", 1)),
                Map.of("gold", 1));
        double together = 0;
        List<List<Double>> ann = fit.reviewers().get("ann").confusion();
        List<List<Double>> ben = fit.reviewers().get("ben").confusion();
        for (int k = 0; k < 2; k++) {
            together += fit.classPrior().get(k) * ann.get(k).get(0) * ben.get(k).get(1);
        }
        assertThat(fit.logLikelihood()).isCloseTo(Math.log(together) + Math.log(ann.get(1).get(1)), within(1e-12));
        assertThat(fit.posteriors().get("t").get(0))
                .isCloseTo(fit.classPrior().get(0) * ann.get(0).get(0) * ben.get(0).get(1) / together, within(1e-12));
    }

    @Test
    void onGoldAloneTheConfusionMatrixIsACount() {
        Map<String, Integer> gold = new HashMap<>();
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gold.put("g" + i, i % 2);
            labels.add(new Label("g" + i, "ann", i < 4 ? 1 - i % 2 : i % 2));
        }
        ReviewerAccuracy ann = new DawidSkene(2, 0.5, 0, 100, 1e-9).fit(labels, gold).reviewers().get("ann");
        // Eight of ten right in each class, with half a pseudo-count per cell.
        assertThat(ann.confusion().get(0).get(0)).isCloseTo(8.5 / 11, within(1e-12));
        assertThat(ann.confusion().get(1).get(0)).isCloseTo(2.5 / 11, within(1e-12));
        assertThat(ann.effectiveLabels()).isCloseTo(20, within(1e-9));
        assertThat(ann.accuracy().low()).isCloseTo(Proportions.wilson(20 * 8.5 / 11, 20).low(), within(1e-9));
        assertThat(ann.weight()).isCloseTo(2 * 8.5 / 11 - 1, within(1e-12));
    }

    @Test
    void goldUnitsKeepTheirKnownClassAndLeaveTheClassPriorAlone() {
        SimulatedReviewers simulated = team(100, 3, 4);
        Map<String, Integer> gold = Map.of("task 0", 1 - simulated.truth.get("task 0"));
        ReviewerReliability fit = TWO_CLASSES.fit(simulated.labels, gold);
        assertThat(fit.mostProbableClass("task 0")).isEqualTo(gold.get("task 0"));
        assertThat(fit.posteriors().get("task 0").get(gold.get("task 0"))).isEqualTo(1);
        List<Label> goldOnly = List.of(new Label("g", "ann", 1), new Label("h", "ann", 1));
        assertThat(TWO_CLASSES.fit(goldOnly, Map.of("g", 1, "h", 1)).classPrior()).containsExactly(0.5, 0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aFewGoldUnitsTellWhereMostReviewersAreAdversarialAndOverlapAloneIsWrong(long seed) {
        Map<String, Double> team = new LinkedHashMap<>();
        for (String adversary : List.of("a", "b", "c")) {
            team.put(adversary, 0.15);
        }
        team.put("good", 0.9);
        team.put("fair", 0.8);
        SimulatedReviewers simulated = new SimulatedReviewers(team, 400, 3, seed);
        ReviewerReliability byOverlap = TWO_CLASSES.fit(simulated.labels, Map.of());
        assertThat(accuracy(byOverlap, "a")).isGreaterThan(0.7);
        assertThat(accuracy(byOverlap, "good")).isLessThan(0.3);

        ReviewerReliability fit = TWO_CLASSES.fit(simulated.labels, gold(simulated, 12));
        for (String adversary : List.of("a", "b", "c")) {
            assertThat(accuracy(fit, adversary)).isCloseTo(0.15, within(0.12));
            assertThat(fit.reviewers().get(adversary).weight()).isZero();
        }
        assertThat(accuracy(fit, "good")).isCloseTo(0.9, within(0.1));
        assertThat(accuracy(fit, "fair")).isCloseTo(0.8, within(0.1));
        assertThat(fit.converged()).isTrue();
        assertThat(right(simulated, fit)).isGreaterThan(320);
    }

    @Test
    void oneGoldUnitThatAnHonestTeamGetsWrongTurnsNobodyIntoAnAdversary() {
        SimulatedReviewers simulated = new SimulatedReviewers(Map.of("a", 0.8, "b", 0.8, "c", 0.8), 200, 3, 11);
        Map<String, Integer> votes = votes(simulated);
        String fooled = votes.keySet().stream().filter(task -> Math.abs(votes.get(task)) == 3)
                .filter(task -> (votes.get(task) > 0 ? 1 : 0) != simulated.truth.get(task)).findFirst().orElseThrow();
        ReviewerReliability fit = TWO_CLASSES.fit(simulated.labels, Map.of(fooled, simulated.truth.get(fooled)));
        assertThat(fit.reviewers().values()).allSatisfy(
                reviewer -> assertThat(reviewer.accuracy().estimate()).isCloseTo(0.8, within(0.12)));
    }

    private static Map<String, Integer> gold(SimulatedReviewers simulated, int units) {
        Map<String, Integer> gold = new HashMap<>();
        for (int task = 0; task < units; task++) {
            gold.put("task " + task, simulated.truth.get("task " + task));
        }
        return gold;
    }

    /** Above 0 where most say class 1. */
    private static Map<String, Integer> votes(SimulatedReviewers simulated) {
        Map<String, Integer> votes = new LinkedHashMap<>();
        simulated.labels.forEach(label -> votes.merge(label.unit(), 2 * label.category() - 1, Integer::sum));
        return votes;
    }

    private static long right(SimulatedReviewers simulated, ReviewerReliability fit) {
        return simulated.truth.entrySet().stream()
                .filter(task -> fit.mostProbableClass(task.getKey()) == task.getValue()).count();
    }

    @Test
    void theModelFindsMoreTrueClassesThanTheMajority() {
        SimulatedReviewers simulated = team(500, 3, 6);
        ReviewerReliability fit = TWO_CLASSES.fit(simulated.labels, Map.of());
        Map<String, Integer> votes = votes(simulated);
        long byMajority = simulated.truth.entrySet().stream()
                .filter(task -> (votes.get(task.getKey()) > 0 ? 1 : 0) == task.getValue()).count();
        assertThat(right(simulated, fit)).isGreaterThan(byMajority + 20);
    }

    @Test
    void intervalsHoldTheTruthAboutNineteenTimesInTwenty() {
        int held = 0;
        int all = 0;
        for (int seed = 0; seed < 40; seed++) {
            ReviewerReliability fit = TWO_CLASSES.fit(team(300, 4, 100 + seed).labels, Map.of());
            for (Map.Entry<String, ReviewerAccuracy> reviewer : fit.reviewers().entrySet()) {
                double reliability = SimulatedReviewers.team().get(reviewer.getKey());
                double truth = reliability == SimulatedReviewers.ALWAYS_LEFT ? 0.5 : reliability;
                Interval interval = reviewer.getValue().accuracy();
                held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
                all++;
            }
        }
        assertThat((double) held / all).isBetween(0.92, 0.99);
    }

    @Test
    void aReviewerOfFewLabelsIsTakenToBeLikeTheCrowd() {
        SimulatedReviewers simulated = team(400, 4, 7);
        simulated.labels.add(new Label("task 0", "novice", 1 - simulated.truth.get("task 0")));
        ReviewerAccuracy novice = TWO_CLASSES.fit(simulated.labels, Map.of()).reviewers().get("novice");
        // One label, and it is wrong: alone it would say (0.5 / 2 + 1 / 2) / 2.
        assertThat(accuracy(new DawidSkene(2, 0.5, 0, 500, 1e-9).fit(simulated.labels, Map.of()), "novice"))
                .isCloseTo(0.375, within(0.02));
        assertThat(novice.accuracy().estimate()).isBetween(0.45, 0.6);
        assertThat(novice.accuracy().low()).isLessThan(0.1);
        assertThat(novice.accuracy().high()).isGreaterThan(0.9);
        assertThat(novice.effectiveLabels()).isLessThanOrEqualTo(1);
    }

    @Test
    void whoeverWorksAloneGivesNoEvidenceOfAccuracy() {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            labels.add(new Label("t" + i, "alone", i % 2));
        }
        ReviewerAccuracy alone = TWO_CLASSES.fit(labels, Map.of()).reviewers().get("alone");
        assertThat(alone.effectiveLabels()).isLessThan(1);
        assertThat(alone.accuracy().low()).isLessThan(0.25);
    }

    @Test
    void classesKeepTheMeaningThatMostReviewersGiveThem() {
        List<Label> labels = new ArrayList<>();
        Random random = new Random(8);
        for (int unit = 0; unit < 300; unit++) {
            int truth = Math.min(2, random.nextInt(5));
            for (int reviewer = 0; reviewer < 4; reviewer++) {
                int label = random.nextDouble() < 0.8 ? truth : random.nextInt(3);
                labels.add(new Label("u" + unit, "r" + reviewer, label));
            }
        }
        ReviewerReliability fit = DawidSkene.ofClasses(3).fit(labels, Map.of());
        // Right by knowing 0.8 of the time and by luck a third of the rest.
        fit.reviewers().values().forEach(reviewer -> {
            assertThat(reviewer.accuracy().estimate()).isCloseTo(0.8 + 0.2 / 3, within(0.06));
            assertThat(reviewer.weight()).isCloseTo(0.8, within(0.09));
        });
        assertThat(fit.classPrior().get(2)).isCloseTo(0.6, within(0.08));
    }

    @Test
    void theOrderOfLabelsDoesNotMatterToTheLastDigit() {
        List<Label> labels = team(100, 3, 9).labels;
        List<Label> shuffled = new ArrayList<>(labels);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(TWO_CLASSES.fit(shuffled, Map.of())).isEqualTo(TWO_CLASSES.fit(labels, Map.of()));
    }

    @Test
    void weightsAreNamedAndZeroForThoseAtChanceOrBelow() {
        Map<String, Double> weights = TWO_CLASSES.fit(team(800, 4, 10).labels, Map.of()).weights();
        assertThat(ReviewerReliability.WEIGHTS).isEqualTo("dawid-skene-v1");
        assertThat(weights.get("adversary")).isZero();
        assertThat(weights.get("coin")).isLessThan(0.2);
        assertThat(weights.get("careful 1")).isCloseTo(0.8, within(0.12));
    }

    @Test
    void nothingRatedIsNothingKnown() {
        ReviewerReliability fit = TWO_CLASSES.fit(List.of(), Map.of());
        assertThat(fit.reviewers()).isEmpty();
        assertThat(fit.classPrior()).containsExactly(0.5, 0.5);
        assertThatThrownBy(() -> fit.mostProbableClass("t")).hasMessageContaining("No label of unit t");
    }

    @Test
    void impossibleLabelsAreRefused() {
        assertThatThrownBy(() -> TWO_CLASSES.fit(List.of(new Label("t", "ann", 2)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ann gave t the class 2");
        assertThatThrownBy(() -> TWO_CLASSES.fit(List.of(new Label("t", "ann", 1), new Label("t", "ann", 0)), Map.of()))
                .hasMessageContaining("ann labelled t twice");
        assertThatThrownBy(() -> TWO_CLASSES.fit(List.of(), Map.of("t", 2))).hasMessageContaining("known class of t");
    }
}
