package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.answers;
import static dev.ratchet.task.RatingFixture.prefer;
import static dev.ratchet.task.RatingFixture.preference;
import static dev.ratchet.task.RatingFixture.shown;
import static dev.ratchet.task.RatingFixture.submission;
import static dev.ratchet.task.RatingFixture.tie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reviewer can do at the desk, and what is refused with nothing changed. */
@QuarkusTest
class RatingDeskTest {
    @Inject
    RatingDesk desk;

    @Inject
    RatingFixture fixture;

    private Project project;
    private Account anna;
    private Account ben;

    @BeforeEach
    void makeProject() {
        project = fixture.project(1);
        anna = fixture.reviewer();
        ben = fixture.reviewer();
    }

    @Test
    void aReviewerWhoAsksAgainGetsTheOpenLeaseAgain() {
        fixture.tasks(project, 3);
        LeasedTask first = desk.lease(anna, project).orElseThrow();
        assertThat(desk.lease(anna, project)).contains(first);
        assertThat(first.expiresAt()).isBetween(
                Instant.now().plus(Duration.ofMinutes(29)), Instant.now().plus(Duration.ofMinutes(31)));
        assertThat(first.prompt()).singleElement().satisfies(turn -> assertThat(turn.role()).isEqualTo("user"));
        assertThat(first.instructionsVersion()).isEqualTo(1);
    }

    @Test
    void twoReviewersNeverHoldTheSamePlace() {
        fixture.tasks(project, 1);
        assertThat(desk.lease(anna, project)).isPresent();
        assertThat(desk.lease(ben, project)).isEmpty();
    }

    @Test
    void theOrderOfTheAnswersIsDrawnAtRandom() {
        List<Long> tasks = fixture.tasks(project, 40);
        Set<Boolean> orders = new HashSet<>();
        for (int i = 0; i < tasks.size(); i++) {
            LeasedTask lease = desk.lease(anna, project).orElseThrow();
            orders.add(lease.responses().get(0).text().equals("On its way."));
            desk.submit(anna, prefer(lease, 1));
        }
        assertThat(orders).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aRatingIsStoredWithItsEventAndCompletesTheTask() {
        fixture.tasks(project, 1);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        Submission submission = prefer(lease, -3);
        Rated rated = desk.submit(anna, submission);
        assertThat(rated.revision()).isEqualTo(1);
        assertThat(rated.answers()).isEqualTo(preference(-3));
        assertThat(fixture.events(rated.ratingId())).singleElement().asString()
                .contains("\"firstResponseId\":" + Collections.min(shown(lease)))
                .contains("\"secondResponseId\":" + Collections.max(shown(lease)))
                .contains("\"strength\":" + (shown(lease).get(0) < shown(lease).get(1) ? 3 : -3))
                .contains("\"revision\":1", anna.pseudonym.toString())
                .doesNotContain(anna.login);
        assertThat(desk.progress(anna, project)).isEqualTo(new QueueProgress(1, 0, 1, 1, 1));
        assertThat(desk.progress(ben, project)).isEqualTo(new QueueProgress(0, 0, 1, 1, 1));
    }

    @Test
    void aRatingThatIsSentTwiceIsStoredOnce() {
        fixture.tasks(project, 1);
        Submission submission = prefer(desk.lease(anna, project).orElseThrow(), 2);
        Rated first = desk.submit(anna, submission);
        assertThat(desk.submit(anna, submission)).isEqualTo(first);
        assertThat(ratings(submission.ratingId())).isEqualTo(1);
        assertThat(fixture.events(submission.ratingId())).hasSize(1);
    }

    @Test
    void anotherJudgementUnderTheSameIdIsRefused() {
        fixture.tasks(project, 2);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        Submission submission = prefer(lease, 2);
        desk.submit(anna, submission);
        refused(409, "rating-id-taken",
                () -> desk.submit(anna, submission(lease, submission.ratingId(), tie())));
        LeasedTask next = desk.lease(anna, project).orElseThrow();
        refused(409, "rating-id-taken",
                () -> desk.submit(anna, submission(next, submission.ratingId(), preference(2))));
        refused(409, "already-rated", () -> desk.submit(anna, prefer(lease, 2)));
        assertThat(ratings(submission.ratingId())).isEqualTo(1);
        assertThat(desk.lease(anna, project)).contains(next);
    }

    @Test
    void aTaskThatIsNotLeasedToMeIsRefused() {
        fixture.tasks(project, 2);
        LeasedTask annas = desk.lease(anna, project).orElseThrow();
        LeasedTask bens = desk.lease(ben, project).orElseThrow();
        refused(403, "not-leased", () -> desk.submit(ben, prefer(annas, 1)));
        refused(403, "not-leased", () -> desk.skip(ben, annas.assignmentId(), null));
        refused(403, "not-leased", () -> desk.submit(ben, new Submission(UUID.randomUUID(), UUID.randomUUID(),
                annas.taskId(), List.of(1L, 2L), tie(), 0)));
        refused(403, "not-leased", () -> desk.submit(ben, new Submission(bens.assignmentId(), UUID.randomUUID(),
                annas.taskId(), shown(annas), tie(), 0)));
        nothingWasRated();
    }

    @Test
    void aResponseThatIsNotInTheTaskIsRefused() {
        fixture.tasks(project, 2);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        LeasedTask other = desk.lease(ben, project).orElseThrow();
        long first = shown(lease).get(0);
        long second = shown(lease).get(1);
        for (List<Long> wrong : List.of(List.of(first, shown(other).get(1)), List.of(second), List.of(second, first),
                List.of(first, first), List.<Long>of())) {
            refused(422, "wrong-responses", () -> desk.submit(anna, new Submission(lease.assignmentId(),
                    UUID.randomUUID(), lease.taskId(), wrong, preference(1), 0)));
        }
        nothingWasRated();
        assertThat(desk.lease(anna, project)).contains(lease);
    }

    @Test
    void anAnswerThatTheQuestionsDoNotAllowIsRefusedWithItsField() {
        fixture.tasks(project, 1);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        Map.of("{}", "answers.preference is missing",
                "{'preference': {'verdict': 'preference'}}", "answers.preference.strength",
                "{'preference': {'verdict': 'preference', 'strength': 0}}", "answers.preference.strength",
                "{'preference': {'verdict': 'preference', 'strength': 4}}", "answers.preference.strength",
                "{'preference': {'verdict': 'tie', 'strength': 1}}", "answers.preference.strength",
                "{'preference': {'verdict': 'withdrawn'}}", "answers.preference.verdict",
                "{'preference': {'verdict': 'tie'}, 'mood': 1}", "answers.mood",
                "{'preference': {'verdict': 'tie'}, 'comment': '" + "x".repeat(4_001) + "'}", "answers.comment")
                .forEach((answers, field) -> assertThatThrownBy(() -> desk.submit(anna,
                        submission(lease, UUID.randomUUID(), answers(answers))))
                        .asInstanceOf(type(Problem.class)).satisfies(problem -> {
                            assertThat(problem.type()).isEqualTo("invalid-answers");
                            assertThat(problem.detail()).contains(field);
                        }));
        refused(422, "invalid-answers", () -> desk.submit(anna, new Submission(lease.assignmentId(),
                UUID.randomUUID(), lease.taskId(), shown(lease), tie(), -1)));
        nothingWasRated();
    }

    @Test
    void aLeaseThatRanOutIsRefusedAndItsTaskGoesToSomebodyElse() {
        fixture.tasks(project, 1);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        fixture.expire(lease.assignmentId());
        refused(409, "lease-expired", () -> desk.submit(anna, prefer(lease, 1)));
        nothingWasRated();
        LeasedTask bens = desk.lease(ben, project).orElseThrow();
        assertThat(bens.taskId()).isEqualTo(lease.taskId());
        assertThat(desk.lease(anna, project)).isEmpty();
        desk.submit(ben, prefer(bens, 1));
        refused(409, "lease-expired", () -> desk.submit(anna, prefer(lease, 1)));
    }

    @Test
    void aLeaseThatRanOutComesBackToItsReviewerInTheSameOrder() {
        fixture.tasks(project, 1);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        fixture.expire(lease.assignmentId());
        LeasedTask again = desk.lease(anna, project).orElseThrow();
        assertThat(again.responses()).isEqualTo(lease.responses());
        assertThat(again.expiresAt()).isAfter(Instant.now());
        assertThat(desk.submit(anna, prefer(again, 1)).revision()).isEqualTo(1);
    }

    @Test
    void aSkippedTaskGoesToOthersOnly() {
        fixture.tasks(project, 1);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        desk.skip(anna, lease.assignmentId(), "Not my language");
        desk.skip(anna, lease.assignmentId(), "Not my language");
        assertThat(desk.lease(anna, project)).isEmpty();
        refused(409, "lease-closed", () -> desk.submit(anna, prefer(lease, 1)));
        LeasedTask bens = desk.lease(ben, project).orElseThrow();
        desk.submit(ben, prefer(bens, 1));
        refused(409, "already-rated", () -> desk.skip(ben, bens.assignmentId(), null));
        refused(422, "invalid-reason", () -> desk.skip(ben, bens.assignmentId(), "x".repeat(501)));
    }

    @Test
    void undoWithdrawsTheLastRatingAndLeasesItsTaskAgain() {
        fixture.tasks(project, 2);
        LeasedTask first = desk.lease(anna, project).orElseThrow();
        desk.submit(anna, prefer(first, 1));
        LeasedTask second = desk.lease(anna, project).orElseThrow();
        Rated rated = desk.submit(anna, prefer(second, 2));
        LeasedTask again = desk.undo(anna, project).orElseThrow();
        assertThat(again.taskId()).isEqualTo(second.taskId());
        assertThat(again.responses()).isEqualTo(second.responses());
        assertThat(desk.lease(anna, project)).contains(again);
        assertThat(fixture.events(rated.ratingId())).hasSize(2).last().asString()
                .contains("\"withdrawn\":true", "\"revision\":2");
        assertThat(desk.progress(anna, project)).isEqualTo(new QueueProgress(1, 1, 1, 2, 1));
        refused(409, "rating-withdrawn",
                () -> desk.edit(anna, rated.ratingId(), tie()));

        Rated rerated = desk.submit(anna, prefer(again, -1));
        assertThat(rerated.ratingId()).isNotEqualTo(rated.ratingId());
        assertThat(desk.history(anna, project, 10)).extracting(MyRating::ratingId)
                .startsWith(rerated.ratingId()).hasSize(2);
        assertThat(desk.undo(anna, project).orElseThrow().taskId()).isEqualTo(second.taskId());
        assertThat(desk.undo(anna, project).orElseThrow().taskId()).isEqualTo(first.taskId());
        assertThat(desk.undo(anna, project)).isEmpty();
        assertThat(desk.undo(ben, project)).isEqualTo(Optional.empty());
    }

    @Test
    void anUndoThatIsSentTwiceTakesBackOneRating() {
        fixture.tasks(project, 3);
        Rated first = desk.submit(anna, prefer(desk.lease(anna, project).orElseThrow(), 1));
        LeasedTask task = desk.lease(anna, project).orElseThrow();
        Rated second = desk.submit(anna, prefer(task, 2));
        assertThat(desk.turn(anna, project).lastRating()).isEqualTo(second.ratingId());
        LeasedTask again = desk.undo(anna, project, second.ratingId());
        assertThat(again.taskId()).isEqualTo(task.taskId());
        assertThat(desk.undo(anna, project, second.ratingId())).isEqualTo(again);
        assertThat(ratings(second.ratingId())).isEqualTo(2);
        assertThat(ratings(first.ratingId())).isEqualTo(1);
        desk.submit(anna, prefer(again, -2));
        refused(409, "undo-stale", () -> desk.undo(anna, project, second.ratingId()));
    }

    @Test
    void anUndoTakesBackTheRatingThatItNamesOrNone() {
        fixture.tasks(project, 3);
        Rated first = desk.submit(anna, prefer(desk.lease(anna, project).orElseThrow(), 1));
        Rated second = desk.submit(anna, prefer(desk.lease(anna, project).orElseThrow(), 2));
        refused(409, "undo-stale", () -> desk.undo(anna, project, first.ratingId()));
        refused(403, "not-your-rating", () -> desk.undo(ben, project, second.ratingId()));
        refused(404, "unknown-rating", () -> desk.undo(anna, project, UUID.randomUUID()));
        refused(404, "unknown-rating", () -> desk.undo(anna, fixture.project(1), second.ratingId()));
        assertThat(desk.history(anna, project, 10)).extracting(MyRating::ratingId)
                .containsExactly(second.ratingId(), first.ratingId());
        LeasedTask again = desk.undo(anna, project, second.ratingId());
        desk.skip(anna, again.assignmentId(), null);
        refused(409, "undo-stale", () -> desk.undo(anna, project, second.ratingId()));
    }

    @Test
    void anEditIsANewRevisionOfOnesOwnRating() {
        fixture.tasks(project, 1);
        LeasedTask lease = desk.lease(anna, project).orElseThrow();
        Rated rated = desk.submit(anna, prefer(lease, 1));
        JsonNode tie = answers("{'preference': {'verdict': 'tie'}, 'comment': 'Both fine'}");
        assertThat(desk.edit(anna, rated.ratingId(), tie).revision()).isEqualTo(2);
        assertThat(desk.edit(anna, rated.ratingId(), tie).revision()).isEqualTo(2);
        assertThat(fixture.events(rated.ratingId())).hasSize(2).last().asString()
                .contains("\"strength\":0").doesNotContain("Both fine");
        assertThat(desk.history(anna, project, 10)).singleElement()
                .satisfies(mine -> assertThat(mine.answers()).isEqualTo(tie));
        refused(403, "not-your-rating", () -> desk.edit(ben, rated.ratingId(), tie));
        refused(404, "unknown-rating", () -> desk.edit(anna, UUID.randomUUID(), tie));
        refused(422, "invalid-answers", () -> desk.edit(anna, rated.ratingId(), preference(0)));
        assertThat(ratings(rated.ratingId())).isEqualTo(2);
    }

    private static void refused(int status, String problemType, ThrowingCallable call) {
        assertThatThrownBy(call).asInstanceOf(type(Problem.class)).satisfies(problem -> {
            assertThat(problem.type()).isEqualTo(problemType);
            assertThat(problem.status()).isEqualTo(status);
        });
    }

    private long ratings(UUID rating) {
        return fixture.count("rating where id = ?1", rating);
    }

    private void nothingWasRated() {
        assertThat(fixture.count("rating r join task t on t.id = r.task_id where t.project_id = ?1", project.id))
                .isZero();
        assertThat(fixture.count("outbox where payload like ?1", "%\"projectId\":" + project.id + ",%")).isZero();
    }
}
