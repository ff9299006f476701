package dev.ratchet.dataset;

import static dev.ratchet.task.RatingFixture.answers;
import static dev.ratchet.task.RatingFixture.prefer;
import static dev.ratchet.task.RatingFixture.preference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.task.Rated;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** From a click through Kafka to a frozen list of pairs. */
@QuarkusTest
class SnapshotsTest {
    @Inject
    RatingDesk desk;

    @Inject
    RatingFixture fixture;

    @Inject
    Snapshots snapshots;

    @Inject
    PairCounts counts;

    @Inject
    Listener listener;

    /** Hears of changed pairs. */
    @Singleton
    static class Listener {
        final Queue<Long> projects = new ConcurrentLinkedQueue<>();

        void changed(@ObservesAsync PairsChanged changed) {
            projects.add(changed.projectId());
        }
    }

    @Test
    void theSamePairsGiveTheSameSnapshotAndOthersGiveAnother() throws Exception {
        Project project = fixture.project(1);
        Account reviewer = fixture.reviewer();
        fixture.tasks(project, 24);
        assertThatThrownBy(() -> snapshots.create(project)).isInstanceOf(Problem.class)
                .hasMessageContaining("no pairs");
        Rated last = null;
        for (var lease = desk.lease(reviewer, project); lease.isPresent(); lease = desk.lease(reviewer, project)) {
            last = desk.submit(reviewer, prefer(lease.get(), 2));
        }
        awaitPairs(project, 24);
        await().untilAsserted(() -> assertThat(listener.projects).contains(project.id));

        Snapshot first = snapshots.create(project);
        assertThat(first.trainPairs).isPositive();
        assertThat(first.evalPairs).isPositive();
        assertThat(first.trainPairs + first.evalPairs).isEqualTo(24);
        assertThat(first.aggregation).isEqualTo("mean-strength-v1");
        byte[] content = Files.readAllBytes(snapshots.file(first));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                .isEqualTo(first.digest);
        assertThat(fixture.count("snapshot_rating where snapshot_id = ?1 and revision = 1", first.id)).isEqualTo(24);
        assertThat(counts.newTrainPairsSinceLastSnapshot(project)).isZero();

        List<SnapshotPair> pairs = SnapshotFile.read(snapshots.file(first));
        assertThat(pairs).hasSize(24).allSatisfy(pair -> {
            assertThat(pair.ratingIds()).hasSize(1);
            assertThat(pair.source()).isEqualTo("rating");
            assertThat(pair.chosen()).isNotEqualTo(pair.rejected());
            assertThat(pair.prompt()).isNotEmpty();
            assertThat(pair.weight()).isEqualTo(1);
        });
        assertThat(pairs.stream().filter(pair -> pair.split().equals("train"))).hasSize(first.trainPairs);

        assertThat(snapshots.create(project).id).isEqualTo(first.id);

        desk.edit(reviewer, last.ratingId(), preference(-1));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(snapshots.create(project).digest)
                .isNotEqualTo(first.digest));
        assertThat(fixture.count("snapshot_rating where snapshot_id > ?1 and rating_id = ?2 and revision = 2",
                first.id, last.ratingId())).isEqualTo(1);
    }

    @Test
    void newTrainingPairsAreThoseOfNoSnapshot() {
        Project project = fixture.project(1);
        Account reviewer = fixture.reviewer();
        fixture.tasks(project, 20);
        for (int i = 0; i < 10; i++) {
            desk.submit(reviewer, prefer(desk.lease(reviewer, project).orElseThrow(), 1));
        }
        awaitPairs(project, 10);
        long before = counts.newTrainPairsSinceLastSnapshot(project);
        assertThat(before).isEqualTo(fixture.count("pair where project_id = ?1 and split = 'train'", project.id));
        snapshots.create(project);
        for (int i = 0; i < 10; i++) {
            desk.submit(reviewer, prefer(desk.lease(reviewer, project).orElseThrow(), 1));
        }
        awaitPairs(project, 20);
        assertThat(counts.newTrainPairsSinceLastSnapshot(project)).isEqualTo(
                fixture.count("pair where project_id = ?1 and split = 'train'", project.id) - before);
    }

    @Test
    void aMendedRatingIsNewOnceAndAMendedCommentDoesNotStayNew() {
        Project project = fixture.project(1);
        Account reviewer = fixture.reviewer();
        fixture.tasks(project, 24);
        for (var lease = desk.lease(reviewer, project); lease.isPresent(); lease = desk.lease(reviewer, project)) {
            desk.submit(reviewer, prefer(lease.get(), 2));
        }
        awaitPairs(project, 24);
        snapshots.create(project);
        UUID mended = trainRating(project);
        desk.edit(reviewer, mended, preference(-2));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(counts.newTrainPairsSinceLastSnapshot(project)).isEqualTo(1));
        Snapshot second = snapshots.create(project);
        assertThat(counts.newTrainPairsSinceLastSnapshot(project)).isZero();

        desk.edit(reviewer, mended, answers("{'preference': {'verdict': 'preference', 'strength': -2}, 'comment': 'For the same reason.'}"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(counts.newTrainPairsSinceLastSnapshot(project)).isEqualTo(1));
        assertThat(snapshots.create(project).id).isEqualTo(second.id);
        assertThat(counts.newTrainPairsSinceLastSnapshot(project)).isZero();
    }

    private static UUID trainRating(Project project) {
        return QuarkusTransaction.requiringNew().call(() -> DeliveredRating.<DeliveredRating>find(
                "taskId in (select p.taskId from Pair p where p.projectId = ?1 and p.split = 'train')", project.id)
                .firstResult().ratingId);
    }

    private void awaitPairs(Project project, long count) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                fixture.count("pair where project_id = ?1", project.id)).isEqualTo(count));
    }
}
