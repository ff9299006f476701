package dev.ratchet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.feedback.RatingEvent;
import dev.ratchet.feedback.RejectedEvent;
import dev.ratchet.project.Project;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.task.Task;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pairs depend on the newest revisions alone: neither the order nor the repetition of deliveries shows in them. */
@QuarkusTest
class PairProjectionTest {
    private static final int SHUFFLES = 15;
    private static final int TASKS = 12;

    @Inject
    PairProjection projection;

    @Inject
    RatingFixture fixture;

    @Test
    void anyOrderAndRepetitionOfDeliveriesEndsInTheSamePairs() {
        Random random = new Random(20_260_101);
        Project project = fixture.project(5);
        List<TaskResponses> tasks = tasks(project, TASKS);
        List<RatingEvent> history = new ArrayList<>();
        for (TaskResponses task : tasks) {
            for (int rating = random.nextInt(6); rating > 0; rating--) {
                history.addAll(revisions(project, task, 1 + random.nextInt(4), random));
            }
        }
        List<String> expected = expected(project, tasks, history);
        assertThat(expected).isNotEmpty().hasSizeLessThan(TASKS);
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            forget(project);
            List<RatingEvent> deliveries = new ArrayList<>(history);
            for (int extra = random.nextInt(history.size()); extra > 0; extra--) {
                deliveries.add(history.get(random.nextInt(history.size())));
            }
            Collections.shuffle(deliveries, random);
            for (int from = 0; from < deliveries.size(); ) {
                int to = Math.min(deliveries.size(), from + 1 + random.nextInt(20));
                deliver(deliveries.subList(from, to));
                from = to;
            }
            assertThat(pairs(project)).as("shuffle %d", shuffle).isEqualTo(expected);
        }
    }

    @Test
    void aPairComesWithItsFirstRatingTurnsWithAnEditAndGoesWithAnUndo() {
        Project project = fixture.project(1);
        TaskResponses task = tasks(project, 1).get(0);
        UUID rating = UUID.randomUUID();
        deliver(List.of(event(project, task, rating, 1, "preference", task.first(), 2)));
        assertThat(pairs(project)).containsExactly(task.id() + ": " + task.first() + " > " + task.second() + " 1.0 0.0");
        deliver(List.of(event(project, task, rating, 2, "preference", task.second(), 1)));
        assertThat(pairs(project)).containsExactly(task.id() + ": " + task.second() + " > " + task.first() + " 1.0 0.0");
        deliver(List.of(event(project, task, rating, 3, "withdrawn", null, null)));
        assertThat(pairs(project)).isEmpty();
        deliver(List.of(event(project, task, rating, 1, "preference", task.first(), 2)));
        assertThat(pairs(project)).isEmpty();
    }

    @Test
    void anEventAboutWhatDoesNotExistIsRejectedAndStoresNothing() {
        Project project = fixture.project(1);
        Project other = fixture.project(1);
        TaskResponses task = tasks(project, 1).get(0);
        UUID rating = UUID.randomUUID();
        rejected(event(project, new TaskResponses(Long.MAX_VALUE, 1, 2), rating, 1, "tie", null, null), "no task");
        rejected(event(other, task, rating, 1, "tie", null, null), "is not one of project");
        rejected(event(project, new TaskResponses(task.id(), task.first(), Long.MAX_VALUE), rating, 1, "preference",
                task.first(), 1), "are not those of task");
        assertThat(fixture.count("delivered_rating where rating_id = ?1", rating)).isZero();
    }

    private void rejected(RatingEvent event, String reason) {
        assertThatThrownBy(() -> deliver(List.of(event))).satisfies(failure -> assertThat(
                        failure instanceof RejectedEvent ? failure : failure.getCause())
                .isInstanceOf(RejectedEvent.class).hasMessageContaining(reason));
    }

    private void deliver(List<RatingEvent> events) {
        QuarkusTransaction.requiringNew().run(() -> projection.handle(events));
    }

    private void forget(Project project) {
        QuarkusTransaction.requiringNew().run(() -> {
            Pair.delete("projectId", project.id);
            DeliveredRating.delete("projectId", project.id);
        });
    }

    private List<String> pairs(Project project) {
        return QuarkusTransaction.requiringNew().call(() -> Pair.<Pair>list("projectId = ?1 order by taskId", project.id)
                .stream()
                .map(pair -> pair.taskId + ": " + pair.chosenResponseId + " > " + pair.rejectedResponseId + " "
                        + pair.weight + " " + pair.margin)
                .toList());
    }

    private static List<String> expected(Project project, List<TaskResponses> tasks, List<RatingEvent> history) {
        Map<UUID, RatingEvent> newest = new HashMap<>();
        history.forEach(event -> newest.merge(event.ratingId(), event,
                (one, two) -> one.revision() > two.revision() ? one : two));
        List<String> pairs = new ArrayList<>();
        tasks.stream().sorted(Comparator.comparing(TaskResponses::id)).forEach(task -> {
            List<MeanStrength.Vote> votes = newest.values().stream().filter(event -> event.taskId() == task.id())
                    .flatMap(event -> event.comparisons().stream())
                    .map(said -> new MeanStrength.Vote(said.strength(), said.bothBad()))
                    .toList();
            MeanStrength.aggregate(Math.min(task.first(), task.second()), Math.max(task.first(), task.second()), votes).ifPresent(pair -> pairs.add(task.id() + ": "
                    + pair.chosenResponseId() + " > " + pair.rejectedResponseId() + " " + pair.weight() + " "
                    + pair.margin()));
        });
        return pairs;
    }

    private static List<RatingEvent> revisions(Project project, TaskResponses task, int count, Random random) {
        UUID rating = UUID.randomUUID();
        List<RatingEvent> events = new ArrayList<>();
        for (int revision = 1; revision <= count; revision++) {
            String verdict = List.of("preference", "preference", "preference", "tie", "both_bad", "withdrawn")
                    .get(random.nextInt(6));
            boolean preference = verdict.equals("preference");
            events.add(event(project, task, rating, revision, verdict,
                    preference ? (random.nextBoolean() ? task.first() : task.second()) : null,
                    preference ? 1 + random.nextInt(3) : null));
        }
        return events;
    }

    private static RatingEvent event(Project project, TaskResponses task, UUID rating, int revision, String verdict,
            Long preferred, Integer strength) {
        long first = Math.min(task.first(), task.second());
        int signed = preferred == null ? 0 : preferred == first ? strength : -strength;
        List<RatingEvent.Compared> said = verdict.equals("withdrawn") ? List.of() : List.of(new RatingEvent.Compared(
                first, Math.max(task.first(), task.second()), signed, verdict.equals("both_bad")));
        return new RatingEvent(rating, revision, project.id, task.id(), UUID.randomUUID(),
                verdict.equals("withdrawn"), said, 1, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private List<TaskResponses> tasks(Project project, int count) {
        List<Long> ids = fixture.tasks(project, count);
        return QuarkusTransaction.requiringNew().call(() -> ids.stream().map(id -> {
            Task task = Task.findById(id);
            return new TaskResponses(id, task.responseIds.get(0), task.responseIds.get(1));
        }).toList());
    }

    private record TaskResponses(long id, long first, long second) {}
}
