package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.preference;
import static dev.ratchet.task.RatingFixture.submission;
import static dev.ratchet.task.RatingFixture.tie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The round of known answers that comes before real work. */
@QuarkusTest
class CalibrationTest {
    @Inject
    RatingDesk desk;

    @Inject
    GoldDesk gold;

    @Inject
    Calibrations calibrations;

    @Inject
    RoutingDesk routing;

    @Inject
    RatingFixture fixture;

    private Project project;
    private Account lead;
    private Account anna;
    private List<Long> checks;
    private long work;

    @BeforeEach
    void makeARoundOfTwo() {
        project = fixture.project(1);
        lead = fixture.reviewer();
        anna = fixture.reviewer();
        work = fixture.tasks(project, 1).get(0);
        checks = fixture.tasks(project, 4);
        checks.forEach(task -> gold.set(project, task, Task.CALIBRATION, tie(), "Neither says when.", lead));
        routing.set(project, new RoutingSettings(0, false, 2, 0.75, 0.2));
    }

    @Test
    void whoAnswersRightlyGetsRealWorkAfterwards() {
        assertThat(desk.progress(anna, project).availableToMe()).isEqualTo(4);
        assertThat(round()).hasValueSatisfying(round -> {
            assertThat(round.state()).isEqualTo(Calibration.State.RUNNING);
            assertThat(round.done()).isZero();
            assertThat(round.tasks()).isEqualTo(2);
        });
        assertThat(rate(anna, tie())).isEqualTo(checks.get(0));
        assertThat(round().orElseThrow().done()).isEqualTo(1);
        assertThat(rate(anna, tie())).isEqualTo(checks.get(1));
        assertThat(rate(anna, preference(1))).isEqualTo(work);
        assertThat(round()).isEmpty();
        assertThat(calibrations.standings(project)).singleElement().satisfies(standing -> {
            assertThat(standing.status()).isEqualTo("passed");
            assertThat(standing.accuracy()).isEqualTo(1);
            assertThat(standing.letBy()).isNull();
        });
    }

    @Test
    void whoFailsIsToldWhatWasExpectedAndTriesAgainWithOtherTasks() {
        rate(anna, tie());
        UUID second = UUID.randomUUID();
        desk.submit(anna, submission(desk.lease(anna, project).orElseThrow(), second, preference(3)));
        assertThat(desk.lease(anna, project)).isEmpty();
        assertThat(desk.progress(anna, project).availableToMe()).isZero();
        Calibrations.Round failed = round().orElseThrow();
        assertThat(failed.state()).isEqualTo(Calibration.State.FAILED);
        assertThat(failed.accuracy()).isEqualTo(0.5);
        assertThat(failed.retry()).isTrue();
        assertThat(failed.results()).extracting(GoldResult::expected).containsExactly("Tie", "Tie");
        assertThat(failed.results()).extracting(GoldResult::given).containsExactly("Tie", "B much better");
        // Now that they know, a second thought opens nothing.
        desk.edit(anna, second, tie());
        assertThat(desk.lease(anna, project)).isEmpty();
        calibrations.retry(anna, project);
        assertThat(rate(anna, preference(1))).isEqualTo(checks.get(2));
        assertThat(rate(anna, preference(1))).isEqualTo(checks.get(3));
        assertThat(desk.lease(anna, project)).isEmpty();
        assertThat(round().orElseThrow().retry()).isFalse();
        refused(409, () -> calibrations.retry(anna, project));
        calibrations.letThrough(project, anna.id, lead);
        assertThat(rate(anna, preference(1))).isEqualTo(work);
        assertThat(calibrations.standings(project)).singleElement().satisfies(standing -> {
            assertThat(standing.attempt()).isEqualTo(2);
            assertThat(standing.letBy()).isEqualTo(lead.displayName);
        });
    }

    @Test
    void aSkippedTaskCountsAsWrong() {
        rate(anna, tie());
        desk.skip(anna, desk.lease(anna, project).orElseThrow().assignmentId(), null);
        assertThat(desk.lease(anna, project)).isEmpty();
        assertThat(round().orElseThrow().accuracy()).isEqualTo(0.5);
    }

    @Test
    void anUndoneAnswerIsAskedAgainBeforeTheRoundIsDecided() {
        rate(anna, preference(1));
        desk.undo(anna, project);
        assertThat(rate(anna, tie())).isEqualTo(checks.get(0));
        rate(anna, tie());
        assertThat(rate(anna, preference(1))).isEqualTo(work);
    }

    @Test
    void nobodyIsAskedWhereNoRoundIsSetAndWhoLeadsNever() {
        fixture.run("insert into project_member (project_id, account_id, role) values (?1, ?2, 'lead')", project.id, lead.id);
        assertThat(desk.lease(lead, project).orElseThrow().taskId()).isEqualTo(work);
        routing.set(project, new RoutingSettings(0, false, 0, 0.75, 0.2));
        assertThat(desk.lease(anna, project)).isEmpty();
        assertThat(round()).isEmpty();
        refused(409, () -> calibrations.retry(anna, project));
        refused(404, () -> calibrations.letThrough(project, -1, lead));
    }

    /** The round as its page tells it. */
    private Optional<Calibrations.Round> round() {
        return desk.turn(anna, project).round();
    }

    private long rate(Account account, JsonNode answers) {
        LeasedTask lease = desk.lease(account, project).orElseThrow();
        desk.submit(account, submission(lease, UUID.randomUUID(), answers));
        return lease.taskId();
    }

    private static void refused(int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.status()).isEqualTo(status));
    }
}
