package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.prefer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which task goes to whom: by language and skill, by assignment, by priority. */
@QuarkusTest
class RoutingTest {
    @Inject
    RatingDesk desk;

    @Inject
    RoutingDesk routing;

    @Inject
    TaskList list;

    @Inject
    RatingFixture fixture;

    private Project project;
    private Account anna;
    private Account ben;
    private List<Long> tasks;

    @BeforeEach
    void makeTasks() {
        project = fixture.project(1);
        anna = fixture.reviewer();
        ben = fixture.reviewer();
        tasks = fixture.tasks(project, 3);
    }

    @Test
    void aTaskWithTagsGoesToThoseWhoHaveAllOfThem() {
        fixture.member(project, anna, "de");
        fixture.member(project, ben, "de", "medicine");
        change(tasks.get(0), new RoutingDesk.Change(9, null, List.of("Medicine", "de", "de"), null, null));
        assertThat(next(anna)).contains(tasks.get(1));
        assertThat(next(ben)).contains(tasks.get(0));
        assertThat(desk.progress(anna, project).availableToMe()).isEqualTo(2);
        assertThat(row(tasks.get(0)).tags()).containsExactly("de", "medicine");
    }

    @Test
    void whatAGroupKnowsItsMembersKnow() {
        fixture.member(project, anna, "de");
        fixture.group(project, "Doctors", List.of("medicine"), anna);
        tasks.forEach(task -> change(task, new RoutingDesk.Change(null, null, List.of("de", "medicine"), null, null)));
        assertThat(rateAll(anna)).containsExactlyElementsOf(tasks);
        assertThat(next(ben)).isEmpty();
    }

    @Test
    void skillsInAnotherProjectDoNotCountHere() {
        Project other = fixture.project(1);
        fixture.member(other, anna, "de");
        tasks.forEach(task -> change(task, new RoutingDesk.Change(null, null, List.of("de"), null, null)));
        assertThat(next(anna)).isEmpty();
        assertThat(desk.progress(anna, project)).isEqualTo(new QueueProgress(0, 0, 0, 3, 0));
    }

    @Test
    void anAssignedTaskGoesToNobodyElse() {
        fixture.group(project, "Night", List.of(), ben);
        change(tasks.get(0), new RoutingDesk.Change(null, null, null, List.of(anna.login), null));
        change(tasks.get(1), new RoutingDesk.Change(null, null, null, null, List.of("Night")));
        assertThat(rateAll(fixture.reviewer())).containsExactly(tasks.get(2));
        assertThat(rateAll(anna)).containsExactly(tasks.get(0));
        assertThat(rateAll(ben)).containsExactly(tasks.get(1));
    }

    @Test
    void aTaskWhoseGroupIsGoneWaitsForALeadAndIsNotOpenedToAll() {
        fixture.group(project, "Night", List.of(), ben);
        change(tasks.get(0), new RoutingDesk.Change(5, null, null, null, List.of("Night")));
        fixture.run("delete from reviewer_group where project_id = ?1", project.id);
        assertThat(next(anna)).contains(tasks.get(1));
        assertThat(row(tasks.get(0)).lost()).isTrue();
        change(tasks.get(0), new RoutingDesk.Change(null, null, null, List.of(), List.of()));
        assertThat(next(ben)).contains(tasks.get(0));
    }

    @Test
    void aHigherPriorityComesFirst() {
        change(tasks.get(2), new RoutingDesk.Change(7, null, null, null, null));
        assertThat(rateAll(anna)).containsExactly(tasks.get(2), tasks.get(0), tasks.get(1));
    }

    @Test
    void anotherOverlapOpensAndCompletesTasks() {
        rateAll(anna);
        assertThat(routing.change(project, TaskFilter.ALL, new RoutingDesk.Change(null, 2, null, null, null))).isEqualTo(3);
        assertThat(desk.progress(ben, project)).isEqualTo(new QueueProgress(0, 3, 0, 3, 3));
        change(tasks.get(0), new RoutingDesk.Change(null, 1, null, null, null));
        assertThat(rateAll(ben)).containsExactly(tasks.get(1), tasks.get(2));
        assertThat(desk.progress(ben, project).tasksComplete()).isEqualTo(3);
    }

    @Test
    void aFilterFindsWhatItSays() {
        change(tasks.get(0), new RoutingDesk.Change(null, null, List.of("de"), List.of(anna.login), null));
        assertThat(found(new TaskFilter(null, "DE", null, null, null, null))).containsExactly(tasks.get(0));
        assertThat(found(new TaskFilter(null, null, null, null, false, null))).containsExactly(tasks.get(1), tasks.get(2));
        assertThat(found(new TaskFilter(null, null, "complete", null, null, null))).isEmpty();
        assertThat(found(new TaskFilter(null, null, "open", "rating", null, "WHERE IS ORDER"))).hasSize(3);
        assertThat(found(new TaskFilter(null, null, null, null, null, "100%"))).isEmpty();
        assertThat(list.list(project, TaskFilter.ALL, tasks.get(0), 1)).extracting(TaskList.Row::id)
                .containsExactly(tasks.get(1));
        assertThat(row(tasks.get(0)).accounts()).containsExactly(anna.login);
        assertThat(list.tags(project)).containsExactly("de");
    }

    @Test
    void aChangeThatCannotBeChangesNothing() {
        refused("no account named nobody", new RoutingDesk.Change(5, null, null, List.of(anna.login, "nobody"), null));
        refused("no group named Night", new RoutingDesk.Change(5, null, null, null, List.of("Night")));
        refused("tags must be words", new RoutingDesk.Change(5, null, List.of("two words"), null, null));
        refused("overlap must be", new RoutingDesk.Change(5, 0, null, null, null));
        refused("priority must be", new RoutingDesk.Change(Integer.MIN_VALUE, null, null, null, null));
        fixture.run("update project set open = false where id = ?1", project.id);
        refused("no account named " + anna.login, new RoutingDesk.Change(5, null, null, List.of(anna.login), null));
        assertThat(row(tasks.get(0)).priority()).isZero();
    }

    @Test
    void anotherProjectsTasksAreNotChanged() {
        Project other = fixture.project(1);
        assertThat(routing.change(other, new TaskFilter(tasks, null, null, null, null, null),
                new RoutingDesk.Change(5, null, null, null, null))).isZero();
        assertThat(row(tasks.get(0)).priority()).isZero();
    }

    private void refused(String rule, RoutingDesk.Change change) {
        assertThatThrownBy(() -> change(tasks.get(0), change)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.detail()).contains("Nothing was changed", rule);
        });
    }

    private void change(long task, RoutingDesk.Change change) {
        assertThat(routing.change(project, new TaskFilter(List.of(task), null, null, null, null, null), change)).isEqualTo(1);
    }

    private TaskList.Row row(long task) {
        return list.list(project, TaskFilter.ALL, task - 1, 1).get(0);
    }

    private List<Long> found(TaskFilter filter) {
        List<Long> found = list.list(project, filter, 0, 100).stream().map(TaskList.Row::id).toList();
        assertThat(list.count(project, filter)).isEqualTo(found.size());
        return found;
    }

    private Optional<Long> next(Account account) {
        return desk.lease(account, project).map(LeasedTask::taskId);
    }

    private List<Long> rateAll(Account account) {
        List<Long> rated = new ArrayList<>();
        for (Optional<LeasedTask> lease = desk.lease(account, project); lease.isPresent();
                lease = desk.lease(account, project)) {
            rated.add(lease.get().taskId());
            desk.submit(account, prefer(lease.get(), 1));
        }
        return rated;
    }
}
