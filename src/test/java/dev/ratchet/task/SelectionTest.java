package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.prefer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.project.Project;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Account;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where reward models disagree or are unsure comes first, with a share at random between. */
@QuarkusTest
class SelectionTest {
    @Inject
    Selection selection;

    @Inject
    RatingDesk desk;

    @Inject
    RoutingDesk routing;

    @Inject
    TaskList list;

    @Inject
    RatingFixture fixture;

    private Project project;
    private List<OpenTask> open;

    @BeforeEach
    void makeTasks() {
        project = fixture.project(1);
        fixture.tasks(project, 4);
        share(0);
        open = selection.open(project, 10);
    }

    @Test
    void entropyIsWhatModelsAreUnsureOfAndWhatTheyDisagreeOn() {
        Doubt even = Doubt.of(List.of(Map.of(1L, 0.5, 2L, 0.5)));
        assertThat(even.unsure()).isEqualTo(1, within(1e-12));
        assertThat(even.disagreement()).isZero();
        // Two sure models that say the opposite: all of the entropy is disagreement.
        Doubt opposite = Doubt.of(List.of(Map.of(1L, 30.0, 2L, 0.0), Map.of(1L, 0.0, 2L, 30.0)));
        assertThat(opposite.unsure()).isEqualTo(0, within(1e-9));
        assertThat(opposite.disagreement()).isEqualTo(1, within(1e-9));
        // One model, p = 0.75: -(0.75 log2 0.75 + 0.25 log2 0.25) bits.
        assertThat(Doubt.of(List.of(Map.of(1L, Math.log(3), 2L, 0.0))).total()).isEqualTo(0.8112781244591328, within(1e-12));
    }

    @Test
    void theRandomShareKnowsNoScoreAndStays() {
        List<SelectionOrder.Scored> tasks = LongStream.range(0, 4_000)
                .mapToObj(id -> new SelectionOrder.Scored(id, id / 4_000.0, null)).toList();
        List<SelectionOrder.Scored> order = SelectionOrder.of(tasks, 0.25, new Random(5));
        List<SelectionOrder.Scored> drawn = order.stream().filter(task -> task.selection().equals("random")).toList();
        // Standard errors: 0.007 of the share, 0.009 of the mean score.
        assertThat(drawn.size() / 4_000.0).isEqualTo(0.25, within(0.03));
        assertThat(drawn.stream().mapToDouble(SelectionOrder.Scored::score).average().orElseThrow()).isEqualTo(0.5, within(0.04));
        assertThat(order.subList(0, 400).stream().filter(drawn::contains).count()).isBetween(60L, 140L);
        assertThat(order.stream().filter(task -> task.selection().equals("active")).map(SelectionOrder.Scored::score).toList())
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(SelectionOrder.of(order, 1, new Random(6)).stream().filter(task -> task.selection().equals("random")).count())
                .isEqualTo(drawn.size());
    }

    @Test
    void whatAModelIsUnsureOfComesFirstThenWhatModelsDisagreeOn() {
        selection.publish(project, reward().id, List.of(
                says(0, 4), says(1, 0.1), says(2, -2), new TaskRewards(open.get(3).taskId() + 1_000_000, Map.of(1L, 1.0))));
        // What nobody scored comes last.
        assertThat(rateAll()).containsExactly(id(1), id(2), id(0), id(3));
        fixture.tasks(project, 4);
        open = selection.open(project, 10);
        selection.publish(project, reward().id, List.of(says(0, 4), says(1, 0.8), says(2, -2), says(3, 6)));
        selection.publish(project, reward().id, List.of(says(0, -4), says(1, 0.8), says(2, -2), says(3, 6)));
        assertThat(list.list(project, TaskFilter.ALL, id(0) - 1, 1)).singleElement().satisfies(row -> {
            assertThat(row.selection()).isEqualTo("active");
            assertThat(row.score()).isEqualTo(1, within(1e-9));
        });
        assertThat(rateAll()).containsExactly(id(0), id(1), id(2), id(3));
    }

    @Test
    void aPriorityStandsAboveAnyScore() {
        selection.publish(project, reward().id, List.of(says(0, 4), says(1, 0.1), says(2, -2), says(3, 1)));
        routing.change(project, new TaskFilter(List.of(id(0)), null, null, null, null, null),
                new RoutingDesk.Change(1, null, null, null, null));
        assertThat(rateAll()).containsExactly(id(0), id(1), id(3), id(2));
    }

    @Test
    void allAtRandomIsRecordedSo() {
        share(1);
        selection.publish(project, reward().id, List.of(says(0, 4), says(1, 0.1), says(2, -2), says(3, 1)));
        assertThat(fixture.count("task where project_id = ?1 and selection = 'random' and selection_rank <= 4", project.id))
                .isEqualTo(4);
        assertThat(rateAll()).hasSize(4);
    }

    @Test
    void anotherProjectsTasksAreNotScored() {
        Project other = fixture.project(1);
        selection.publish(other, reward().id, List.of(says(0, 1)));
        assertThat(fixture.count("task_score where task_id = ?1", id(0))).isZero();
    }

    private void share(double random) {
        routing.set(project, new RoutingSettings(0, false, 0, 0.8, random));
    }

    private ModelVersion reward() {
        ModelVersion version = fixture.version(project);
        fixture.run("update model_version set kind = 'reward' where id = ?1", version.id);
        return version;
    }

    private long id(int place) {
        return open.get(place).taskId();
    }

    /** The first response is better by so much. */
    private TaskRewards says(int place, double difference) {
        List<Answer> responses = open.get(place).responses();
        return new TaskRewards(id(place),
                Map.of(responses.get(0).responseId(), difference, responses.get(1).responseId(), 0.0));
    }

    private List<Long> rateAll() {
        Account account = fixture.reviewer();
        List<Long> rated = new ArrayList<>();
        for (Optional<LeasedTask> lease = desk.lease(account, project); lease.isPresent();
                lease = desk.lease(account, project)) {
            rated.add(lease.get().taskId());
            desk.submit(account, prefer(lease.get(), 1));
        }
        return rated;
    }
}
