package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.prefer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many reviewers at once: each task is rated exactly as often as its overlap says. */
@QuarkusTest
class QueueConcurrencyTest {
    private static final int REVIEWERS = 200;
    private static final int TASKS = 2_000;
    private static final int OVERLAP = 3;

    @Inject
    RatingDesk desk;

    @Inject
    RatingFixture fixture;

    @Test
    void twoHundredReviewersFillTwoThousandTasksExactlyThreeTimes() throws Exception {
        Project project = fixture.project(OVERLAP);
        fixture.tasks(project, TASKS);
        List<Callable<Integer>> reviewers = Stream.generate(fixture::reviewer).limit(REVIEWERS)
                .map(account -> (Callable<Integer>) () -> rateAll(account, project))
                .toList();
        int rated = 0;
        for (Future<Integer> done : atOnce(reviewers)) {
            rated += done.get();
        }
        assertThat(rated).isEqualTo(TASKS * OVERLAP);
        assertThat(desk.progress(fixture.reviewer(), project))
                .isEqualTo(new QueueProgress(0, 0, TASKS, TASKS, TASKS * OVERLAP));
        String ratings = "rating r join task t on t.id = r.task_id where t.project_id = ?1";
        assertThat(fixture.count(ratings, project.id)).isEqualTo(TASKS * OVERLAP);
        assertThat(fixture.count("(select distinct r.task_id, r.account_id from " + ratings + ") one", project.id))
                .as("nobody rated a task twice").isEqualTo(TASKS * OVERLAP);
        assertThat(fixture.count("(select r.task_id from " + ratings + " group by r.task_id having count(*) <> "
                + OVERLAP + ") other", project.id)).as("tasks with more or fewer ratings").isZero();
        assertThat(fixture.count("assignment a join task t on t.id = a.task_id where t.project_id = ?1"
                + " and a.status <> 'rated'", project.id)).as("leases that lead nowhere").isZero();
    }

    @Test
    void aReviewerWithManyOpenTabsHoldsOneTaskAndIsHeardOnce() throws Exception {
        Project project = fixture.project(OVERLAP);
        fixture.tasks(project, 10);
        Account account = fixture.reviewer();
        List<Callable<LeasedTask>> tabs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tabs.add(() -> desk.lease(account, project).orElseThrow());
        }
        List<LeasedTask> leases = new ArrayList<>();
        for (Future<LeasedTask> lease : atOnce(tabs)) {
            leases.add(lease.get());
        }
        assertThat(leases).containsOnly(leases.get(0));

        Submission submission = prefer(leases.get(0), 2);
        List<Callable<Rated>> clicks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clicks.add(() -> desk.submit(account, submission));
        }
        List<Rated> answers = new ArrayList<>();
        for (Future<Rated> answer : atOnce(clicks)) {
            answers.add(answer.get());
        }
        assertThat(answers).containsOnly(answers.get(0));
        assertThat(fixture.count("rating where id = ?1", submission.ratingId())).isEqualTo(1);
        assertThat(fixture.events(submission.ratingId())).hasSize(1);
    }

    private int rateAll(Account account, Project project) {
        int rated = 0;
        for (Optional<LeasedTask> lease = desk.lease(account, project); lease.isPresent();
                lease = desk.lease(account, project)) {
            desk.submit(account, prefer(lease.get(), rated % 2 == 0 ? 1 : -2));
            rated++;
        }
        return rated;
    }

    private static <T> List<Future<T>> atOnce(List<Callable<T>> calls) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            return threads.invokeAll(calls, 10, TimeUnit.MINUTES);
        } finally {
            threads.shutdownNow();
        }
    }
}
