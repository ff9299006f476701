package dev.ratchet.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.app.PageFixture;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Writes ratings as they would stand after days of work: who, when, in which order shown. */
@ApplicationScoped
public class QualityFixture {
    private static final List<String> TEAM = List.of("Ada", "Ben", "Cleo", "Dan", "Eli", "Lefty", "Mallory");

    private final PageFixture pages;
    private final EntityManager entities;

    QualityFixture(PageFixture pages, EntityManager entities) {
        this.pages = pages;
        this.entities = entities;
    }

    /** The tasks of a project in the order in which they were made. */
    @Transactional
    public List<Task> tasks(Project project) {
        List<Task> tasks = Task.list("projectId = ?1 order by id", project.id);
        tasks.forEach(task -> task.responseIds.size());
        return tasks;
    }

    /**
     * A rating that stands.
     *
     * @param swapped whether the response of the second position was shown first
     */
    @Transactional
    public UUID rate(Task task, Account who, JsonNode answers, boolean swapped, Instant at, long millis, int version) {
        UUID assignment = UUID.randomUUID();
        UUID rating = UUID.randomUUID();
        long first = task.responseIds.get(swapped ? 1 : 0);
        long second = task.responseIds.get(swapped ? 0 : 1);
        entities.createNativeQuery("""
                        insert into assignment (id, task_id, project_id, account_id, status, shown, leased_at,
                                                expires_at, finished_at, instructions_version)
                        values (:id, :task, :project, :account, 'rated', array[:first, :second]::bigint[], :at, :at, :at, :version)"""
                        .replace("::", "\\:\\:"))
                .setParameter("id", assignment).setParameter("task", task.id).setParameter("account", who.id)
                .setParameter("project", task.projectId).setParameter("first", first).setParameter("second", second).setParameter("at", at)
                .setParameter("version", version).executeUpdate();
        entities.createNativeQuery("""
                        insert into rating (id, revision, assignment_id, task_id, account_id, answers, withdrawn,
                                            active_millis, instructions_version, created_at)
                        values (:id, 1, :assignment, :task, :account, cast(:answers as jsonb), false, :millis, :version, :at)""")
                .setParameter("id", rating).setParameter("assignment", assignment).setParameter("task", task.id)
                .setParameter("account", who.id).setParameter("answers", answers.toString())
                .setParameter("millis", millis).setParameter("version", version).setParameter("at", at)
                .executeUpdate();
        return rating;
    }

    /** Lets somebody who rated nothing in a project rate all its tasks. */
    @Transactional
    public void rateAll(Project project, Account who) {
        entities.createNativeQuery("""
                        insert into assignment (id, task_id, project_id, account_id, status, shown, leased_at,
                                                expires_at, finished_at, instructions_version)
                        select gen_random_uuid(), t.id, t.project_id, :account, 'rated',
                               array(select s.response_id from task_response s where s.task_id = t.id
                                      order by s.position), now(), now(), now(), 1
                          from task t where t.project_id = :project""")
                .setParameter("project", project.id).setParameter("account", who.id).executeUpdate();
        entities.createNativeQuery("""
                        insert into rating (id, revision, assignment_id, task_id, account_id, answers, withdrawn,
                                            active_millis, instructions_version, created_at)
                        select gen_random_uuid(), 1, a.id, a.task_id, a.account_id, cast(:answers as jsonb), false,
                               9000, 1, now()
                          from assignment a join task t on t.id = a.task_id
                         where t.project_id = :project and a.account_id = :account""")
                .setParameter("project", project.id).setParameter("account", who.id)
                .setParameter("answers", RatingFixture.preference(1).toString()).executeUpdate();
    }

    /** Says that a task has all its ratings. */
    @Transactional
    public void complete(Task task) {
        entities.createNativeQuery("update task set status = 'complete' where id = :id").setParameter("id", task.id)
                .executeUpdate();
    }

    /** Puts the making of a project's tasks back. */
    @Transactional
    public void made(Project project, Instant at) {
        entities.createNativeQuery("update task set created_at = :at where project_id = :project")
                .setParameter("at", at).setParameter("project", project.id).executeUpdate();
    }

    /** Makes a task gold; below 0 the response of its first position is better. */
    @Transactional
    public void gold(Task task, Account author, int strength) {
        entities.createNativeQuery("update task set purpose = 'gold' where id = :id").setParameter("id", task.id)
                .executeUpdate();
        entities.createNativeQuery("""
                        insert into gold_answer (task_id, answers, explanation, author_id, created_at)
                        values (:task, cast(:answers as jsonb), 'It names the next step.', :author, now())""")
                .setParameter("task", task.id).setParameter("answers", RatingFixture.preference(strength).toString())
                .setParameter("author", author.id).executeUpdate();
    }

    /**
     * A project in the middle of its work: 240 tasks over three weeks, four careful reviewers, a careless one, one who
     * picks the left answer, and one who prefers the worse answer.
     */
    @Transactional
    public Project seasoned(Account lead) {
        Project project = pages.projectWithTasks("Customer support", 240);
        List<Account> team = new ArrayList<>();
        TEAM.forEach(name -> team.add(pages.account(name, Role.REVIEWER)));
        Random random = new Random(7);
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(21));
        made(project, start);
        List<Task> tasks = tasks(project);
        int rated = 190;
        List<Integer> order = new ArrayList<>(IntStream.range(0, team.size()).boxed().toList());
        for (int at = 0; at < rated; at++) {
            Task task = tasks.get(at);
            boolean secondIsBetter = random.nextBoolean();
            if (at % 8 == 0) {
                gold(task, lead, secondIsBetter ? 2 : -2);
            }
            Collections.shuffle(order, random);
            double day = 21.0 * at / rated;
            for (int who : order.subList(0, 3)) {
                Instant moment = start.plusSeconds((long) (86_400 * day + 3600 * (6 + 2 * random.nextDouble())));
                boolean swapped = random.nextBoolean();
                long millis = (long) (18_000 * Math.exp(0.5 * random.nextGaussian() + (who == 4 ? -1 : 0)));
                rate(task, team.get(who), choice(TEAM.get(who), swapped != secondIsBetter, random), swapped, moment, millis, 1);
            }
            complete(task);
        }
        return project;
    }

    /** @param worseFirst whether the worse response is shown first */
    private static JsonNode choice(String name, boolean worseFirst, Random random) {
        int size = 1 + random.nextInt(3);
        double right = switch (name) {
            case "Eli" -> 0.5;
            case "Mallory" -> 0.08;
            default -> 0.86;
        };
        if (!name.equals("Lefty") && random.nextDouble() < 0.06) {
            return random.nextBoolean() ? RatingFixture.tie() : RatingFixture.answers("{'preference': {'verdict': 'both_bad'}}");
        }
        boolean better = random.nextDouble() < right;
        boolean left = name.equals("Lefty") || better != worseFirst;
        return RatingFixture.preference(left ? -size : size);
    }
}
