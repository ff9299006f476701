package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.generation.Response;
import dev.ratchet.lm.Message;
import dev.ratchet.project.NewProject;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.project.Prompts;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Builds what rating tests need: projects with tasks, and reviewers. Everything has a fresh name. */
@ApplicationScoped
public class RatingFixture {
    private final Projects projects;
    private final Prompts prompts;
    private final Tasks tasks;
    private final EntityManager entities;

    RatingFixture(Projects projects, Prompts prompts, Tasks tasks, EntityManager entities) {
        this.projects = projects;
        this.prompts = prompts;
        this.tasks = tasks;
        this.entities = entities;
    }

    @Transactional
    public Project project(int overlap) {
        return projects.create(new NewProject("p-" + UUID.randomUUID(), "Support", "", "Be kind.", overlap, null));
    }

    /** A reviewer who cannot sign in, for tests below HTTP. */
    @Transactional
    public Account reviewer() {
        Account account = new Account();
        account.login = "r-" + UUID.randomUUID();
        account.displayName = "A reviewer";
        account.passwordHash = "none";
        account.role = Role.REVIEWER;
        account.pseudonym = UUID.randomUUID();
        account.createdAt = Instant.now();
        account.persist();
        return account;
    }

    /** Tasks of fresh prompts with two answers each. */
    @Transactional
    public List<Long> tasks(Project project, int count) {
        ModelVersion version = version(project);
        List<Long> promptIds = prompts.add(project, IntStream.range(0, count)
                .mapToObj(i -> new NewPrompt(List.of(Message.user("Where is order " + UUID.randomUUID() + "?")), null))
                .toList()).ids();
        List<NewTask> wanted = new ArrayList<>();
        for (long prompt : promptIds) {
            wanted.add(new NewTask(prompt, List.of(response(prompt, version, "On its way."),
                    response(prompt, version, "No idea.")), project.overlap, 0));
        }
        return tasks.create(project, wanted);
    }

    @Transactional
    public ModelVersion version(Project project) {
        ModelVersion version = new ModelVersion();
        version.projectId = project.id;
        version.kind = ModelVersion.POLICY;
        version.name = "policy-" + UUID.randomUUID();
        version.path = "none";
        version.digest = "0".repeat(64);
        version.manifest = Map.of();
        version.createdAt = Instant.now();
        version.persist();
        return version;
    }

    @Transactional
    public long response(long promptId, ModelVersion version, String text) {
        Response response = new Response();
        response.promptId = promptId;
        response.versionId = version.id;
        response.text = text;
        response.finishReason = "stop";
        response.sampling = Map.of();
        response.createdAt = Instant.now();
        response.persist();
        return response.id;
    }

    /** Puts a reviewer into a project's team, with languages and skills. */
    @Transactional
    public void member(Project project, Account account, String... tags) {
        entities.createNativeQuery("insert into project_member (project_id, account_id, role, tags)"
                        + " values (:project, :account, 'reviewer', :tags)")
                .setParameter("project", project.id)
                .setParameter("account", account.id)
                .setParameter("tags", tags)
                .executeUpdate();
    }

    /** Makes a group of reviewers with languages and skills. */
    @Transactional
    public void group(Project project, String name, List<String> tags, Account... members) {
        Object id = entities.createNativeQuery(
                        "insert into reviewer_group (project_id, name, tags) values (:project, :name, :tags) returning id",
                        Long.class)
                .setParameter("project", project.id)
                .setParameter("name", name)
                .setParameter("tags", tags.toArray(String[]::new))
                .getSingleResult();
        for (Account member : members) {
            entities.createNativeQuery("insert into reviewer_group_member values (:group, :account)")
                    .setParameter("group", id)
                    .setParameter("account", member.id)
                    .executeUpdate();
        }
    }

    /** Makes a task of responses that are there. */
    @Transactional
    public long task(Project project, long prompt, List<Long> responses, List<String> tags) {
        return tasks.create(project, List.of(new NewTask(prompt, responses, 1, 0, tags))).get(0);
    }

    /** The ids that a query with numbered parameters finds. */
    @Transactional
    public List<Long> ids(String sql, Object... parameters) {
        var query = entities.createNativeQuery(sql, Long.class);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        List<Long> ids = new ArrayList<>();
        query.getResultList().forEach(id -> ids.add((Long) id));
        return ids;
    }

    /** Runs a statement with numbered parameters. */
    @Transactional
    public void run(String sql, Object... parameters) {
        var query = entities.createNativeQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        query.executeUpdate();
    }

    /** Lets a lease run out. */
    @Transactional
    public void expire(UUID assignment) {
        entities.createNativeQuery("update assignment set expires_at = now() - interval '1 second' where id = :id")
                .setParameter("id", assignment)
                .executeUpdate();
    }

    /** How many rows a condition finds. */
    @Transactional
    public long count(String tableAndCondition, Object... parameters) {
        var query = entities.createNativeQuery("select count(*) from " + tableAndCondition);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return ((Number) query.getSingleResult()).longValue();
    }

    /** The events of a rating in the outbox, oldest first. */
    @Transactional
    public List<?> events(UUID rating) {
        return entities.createNativeQuery("select payload from outbox where payload like :rating order by id")
                .setParameter("rating", "%" + rating + "%")
                .getResultList();
    }

    /** A submission that says what the lease allows. */
    public static Submission prefer(LeasedTask lease, int strength) {
        return submission(lease, UUID.randomUUID(), preference(strength));
    }

    /** Prefers the answer with the smaller id, wherever it is shown, or the other one. */
    public static Submission preferSmaller(LeasedTask lease, boolean smaller) {
        return submission(lease, UUID.randomUUID(), preferenceForSmaller(shown(lease), smaller));
    }

    /** Answers that prefer the response with the smaller id of two in the order shown, or the other one. */
    public static JsonNode preferenceForSmaller(List<Long> shown, boolean smaller) {
        return preference(shown.get(0) < shown.get(1) == smaller ? -2 : 2);
    }

    public static Submission submission(LeasedTask lease, UUID rating, JsonNode answers) {
        return new Submission(lease.assignmentId(), rating, lease.taskId(), shown(lease), answers, 1_234);
    }

    /** The ids of the responses in the order of the lease. */
    public static List<Long> shown(LeasedTask lease) {
        return lease.responses().stream().map(Answer::responseId).toList();
    }

    /** Answers to the standard questions: below 0 the first is better. */
    public static JsonNode preference(int strength) {
        return answers("{'preference': {'verdict': 'preference', 'strength': " + strength + "}}");
    }

    public static JsonNode tie() {
        return answers("{'preference': {'verdict': 'tie'}}");
    }

    /** Answers from JSON with single quotes. */
    public static JsonNode answers(String json) {
        try {
            return new ObjectMapper().readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(json, wrong);
        }
    }
}
