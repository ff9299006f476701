package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.answers;
import static dev.ratchet.task.RatingFixture.prefer;
import static dev.ratchet.task.RatingFixture.preference;
import static dev.ratchet.task.RatingFixture.shown;
import static dev.ratchet.task.RatingFixture.submission;
import static dev.ratchet.task.RatingFixture.tie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks whose right answers are known, mixed into what reviewers are given. */
@QuarkusTest
class GoldTest {
    @Inject
    RatingDesk desk;

    @Inject
    GoldDesk gold;

    @Inject
    GoldResults results;

    @Inject
    RoutingDesk routing;

    @Inject
    RatingFixture fixture;

    private Project project;
    private Account lead;
    private Account anna;
    private Account ben;

    @BeforeEach
    void makeProject() {
        project = fixture.project(1);
        lead = fixture.reviewer();
        anna = fixture.reviewer();
        ben = fixture.reviewer();
        mix(0.5, false);
    }

    @Test
    void goldIsMixedInAtTheSetRateAndEachReviewerGetsEachOnce() {
        List<Long> tasks = fixture.tasks(project, 60);
        List<Long> golden = tasks.subList(0, 10);
        golden.forEach(task -> gold.set(project, task, Task.GOLD, preference(-2), "", lead));
        List<Long> mine = rateAll(anna);
        // 50 draws of one half: none at all has a chance of 1 in 10^15.
        assertThat(mine).doesNotHaveDuplicates().containsAll(tasks.subList(10, 60)).containsAnyElementsOf(golden);
        assertThat(fixture.count("task where project_id = ?1 and purpose = 'gold' and status <> 'open'", project.id)).isZero();
        // What anna rated completed the tasks; gold has no overlap, and alone it is not given.
        assertThat(rateAll(ben)).isEmpty();
        fixture.tasks(project, 50);
        List<Long> others = rateAll(ben);
        assertThat(others).doesNotHaveDuplicates().containsAnyElementsOf(golden);
        assertThat(others.stream().filter(golden::contains).toList()).isNotEqualTo(golden);
    }

    @Test
    void withoutARateNoGoldIsGiven() {
        List<Long> tasks = fixture.tasks(project, 12);
        gold.set(project, tasks.get(0), Task.GOLD, preference(-2), "", lead);
        mix(0, false);
        assertThat(rateAll(anna)).containsExactlyElementsOf(tasks.subList(1, 12));
        assertThat(desk.progress(anna, project)).isEqualTo(new QueueProgress(11, 0, 11, 11, 11));
    }

    @Test
    void whatIsWaitingFallsByOneWithEachRatingWhateverItWas() {
        List<Long> tasks = fixture.tasks(project, 30);
        tasks.subList(0, 10).forEach(task -> gold.set(project, task, Task.GOLD, preference(-2), "", lead));
        long before = desk.progress(anna, project).availableToMe();
        assertThat(before).isEqualTo(30);
        for (int i = 0; i < 15; i++) {
            LeasedTask lease = desk.lease(anna, project).orElseThrow();
            assertThat(desk.progress(anna, project).availableToMe()).isEqualTo(before);
            desk.submit(anna, prefer(lease, 1));
            assertThat(desk.progress(anna, project).availableToMe()).isEqualTo(--before);
        }
    }

    @Test
    void aGoldTaskMakesNoPair() {
        List<Long> tasks = fixture.tasks(project, 40);
        tasks.subList(0, 20).forEach(task -> gold.set(project, task, Task.GOLD, preference(-2), "", lead));
        List<Long> mine = rateAll(anna);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                fixture.count("delivered_rating where project_id = ?1", project.id)).isEqualTo(mine.size()));
        assertThat(mine).hasSizeGreaterThan(20);
        assertThat(fixture.count("pair where project_id = ?1", project.id)).isEqualTo(20);
        assertThat(fixture.count("pair p join task t on t.id = p.task_id where p.project_id = ?1 and t.purpose <> 'rating'",
                project.id)).isZero();
    }

    @Test
    void rightIsTheSameSideWhateverTheOrderShownAndTheStrength() {
        for (int i = 0; i < 20; i++) {
            List<Long> tasks = fixture.tasks(project, 30);
            long golden = tasks.get(0);
            long first = gold.set(project, golden, Task.GOLD, preference(-3), "It helps.", lead).responses().get(0).responseId();
            for (long task : rateAll(anna, lease -> preference(shown(lease).get(0) == first ? -1 : 1))) {
                if (task == golden) {
                    assertThat(results.of(project.id, anna.id)).singleElement().satisfies(result -> {
                        assertThat(result.taskId()).isEqualTo(golden);
                        assertThat(result.right()).containsExactly(Map.entry("preference", true));
                        assertThat(result.share()).isEqualTo(1);
                        assertThat(result.explanation()).isEqualTo("It helps.");
                    });
                    assertThat(results.marks(project.id, anna.id)).singleElement().satisfies(mark -> {
                        assertThat(mark.right()).isTrue();
                        assertThat(mark.reviewer()).isEqualTo(anna.pseudonym);
                        assertThat(mark.sides()).singleElement().satisfies(side -> {
                            assertThat(side.expected()).isEqualTo(side.first() == first ? 1 : -1);
                            assertThat(side.given()).isEqualTo(side.expected());
                        });
                    });
                    return;
                }
            }
        }
        throw new AssertionError("Twenty times thirty draws of one half gave no gold");
    }

    @Test
    void aSecondThoughtCountsUnlessTheReviewerWasToldWhatWasExpected() {
        LeasedTask lease = leaseGold(anna, "{'preference': {'verdict': 'tie'}}");
        UUID rating = UUID.randomUUID();
        desk.submit(anna, submission(lease, rating, preference(1)));
        assertThat(results.of(project.id)).singleElement().satisfies(result -> assertThat(result.allRight()).isFalse());
        desk.edit(anna, rating, tie());
        assertThat(results.of(project.id)).singleElement().satisfies(result -> {
            assertThat(result.allRight()).isTrue();
            assertThat(result.expected()).isEqualTo("Tie");
        });
        mix(0.5, true);
        assertThat(results.of(project.id)).singleElement().satisfies(result -> assertThat(result.allRight()).isFalse());
        assertThat(results.marks(project.id)).extracting(GoldMark::right).containsExactly(false);
        assertThat(results.of(project.id, ben.id)).isEmpty();
        assertThat(results.marks(project.id, ben.id)).isEmpty();
    }

    @Test
    void aNewcomersRoundIsNoGold() {
        long task = fixture.tasks(project, 2).get(0);
        gold.set(project, task, Task.CALIBRATION, preference(-1), "", lead);
        routing.set(project, new RoutingSettings(0, false, 1, 0.8, 0.2));
        desk.submit(anna, prefer(desk.lease(anna, project).orElseThrow(), 1));
        assertThat(results.of(project.id)).hasSize(1);
        assertThat(results.marks(project.id)).isEmpty();
    }

    @Test
    void aTaskThatWasGivenAsWorkIsNotMadeGoldNorTheOtherWayRound() {
        long task = fixture.tasks(project, 1).get(0);
        desk.lease(anna, project).orElseThrow();
        refused(409, () -> gold.set(project, task, Task.GOLD, preference(1), "", lead));
        LeasedTask lease = leaseGold(ben, "{'preference': {'verdict': 'tie'}}");
        desk.submit(ben, prefer(lease, 1));
        refused(409, () -> gold.remove(project, lease.taskId()));
        // Other answers may be found to be the right ones.
        gold.set(project, lease.taskId(), Task.GOLD, preference(2), "", lead);
    }

    @Test
    void answersThatAreNoneAreRefused() {
        long task = fixture.tasks(project, 1).get(0);
        refused(422, () -> gold.set(project, task, Task.GOLD, preference(7), "", lead));
        refused(422, () -> gold.set(project, task, Task.GOLD, answers("{}"), "", lead));
        refused(422, () -> gold.set(project, task, "rating", preference(1), "", lead));
        refused(422, () -> gold.set(project, task, Task.GOLD, preference(1), "a\0b", lead));
        refused(404, () -> gold.set(fixture.project(1), task, Task.GOLD, preference(1), "", lead));
        gold.set(project, task, Task.GOLD, preference(1), "", lead);
        gold.remove(project, task);
        assertThat(desk.lease(anna, project)).isPresent();
        assertThat(fixture.count("gold_answer where task_id = ?1", task)).isZero();
    }

    private void mix(double rate, boolean feedback) {
        routing.set(project, new RoutingSettings(rate, feedback, 0, 0.8, 0.2));
    }

    /** Leases a gold task with these right answers: other work is rated until it comes. */
    private LeasedTask leaseGold(Account account, String right) {
        long golden = fixture.tasks(project, 1).get(0);
        gold.set(project, golden, Task.GOLD, answers(right), "", lead);
        fixture.tasks(project, 60);
        for (int i = 0; i < 60; i++) {
            LeasedTask lease = desk.lease(account, project).orElseThrow();
            if (lease.taskId() == golden) {
                return lease;
            }
            desk.submit(account, prefer(lease, 1));
        }
        throw new AssertionError("Sixty draws of one half gave no gold");
    }

    private List<Long> rateAll(Account account) {
        return rateAll(account, lease -> preference(1));
    }

    private List<Long> rateAll(Account account, Function<LeasedTask, JsonNode> says) {
        List<Long> rated = new ArrayList<>();
        for (Optional<LeasedTask> lease = desk.lease(account, project); lease.isPresent();
                lease = desk.lease(account, project)) {
            rated.add(lease.get().taskId());
            desk.submit(account, submission(lease.get(), UUID.randomUUID(), says.apply(lease.get())));
        }
        return rated;
    }

    private static void refused(int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.status()).isEqualTo(status));
    }
}
