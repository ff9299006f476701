package dev.ratchet.training;

import dev.ratchet.dataset.DeliveredRating;
import dev.ratchet.dataset.Pair;
import dev.ratchet.generation.Response;
import dev.ratchet.project.NewProject;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectSettings;
import dev.ratchet.project.Projects;
import dev.ratchet.project.Prompt;
import dev.ratchet.project.Prompts;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.Manifest;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.TestFolders;
import dev.ratchet.registry.Versions;
import dev.ratchet.task.Task;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** A project of {@link TinyPolicy}'s world in which people nearly always prefer polite replies. */
@ApplicationScoped
public class TinyCampaign {
    /** Share of pairs in which people prefer the polite reply. */
    private static final double AGREEMENT = 0.9;

    @Inject
    Projects projects;

    @Inject
    Prompts prompts;

    @Inject
    Versions versions;

    @Inject
    Aliases aliases;

    @Inject
    EntityManager entities;

    /** Makes the project with all prompts, the tiny policy as champion, and one rated pair for each prompt. */
    public Project create() {
        return create(0);
    }

    /** As {@link #create()}, with a loop that starts supervised after so many new demonstrations. */
    public Project create(int supervisedAfter) {
        String slug = "p" + UUID.randomUUID().toString().replace("-", "");
        ProjectSettings settings =
                new ProjectSettings(0, 24, 1.0, 8, 0.1, 0.1, 30, 0.5, 0.55).withSupervisedAfter(supervisedAfter);
        Project project = projects.create(new NewProject(slug, "A tiny campaign", null, null, 1, settings));
        prompts.add(
                project,
                IntStream.range(0, 384).mapToObj(i -> new NewPrompt(TinyPolicy.prompt(i), null)).toList());
        ModelVersion base = versions.importFolder(
                project,
                ModelVersion.POLICY,
                null,
                TinyPolicy.save(TestFolders.create().resolve("model")),
                Manifest.imported(ModelVersion.POLICY, "test"));
        aliases.move(project, ModelAlias.CHAMPION, 0, base, null, "test", "The first model");
        QuarkusTransaction.requiringNew().run(() -> rate(project, base));
        return project;
    }

    /** Adds so many polite answers to training prompts, as an import does. */
    public void demonstrate(Project project, int count) {
        QuarkusTransaction.requiringNew().run(() -> {
            List<Prompt> asked = Prompt.<Prompt>find("projectId = ?1 and split = 'train' order by id", project.id)
                    .page(0, count).list();
            for (int at = 0; at < count; at++) {
                entities.createNativeQuery("insert into demonstration (project_id, prompt_id, split, text, digest,"
                                + " created_at) values (?1, ?2, 'train', ?3, sha256(cast(?4 as bytea)), now())")
                        .setParameter(1, project.id)
                        .setParameter(2, asked.get(at).id)
                        .setParameter(3, TinyPolicy.reply(true, at % 2))
                        .setParameter(4, UUID.randomUUID().toString())
                        .executeUpdate();
            }
        });
    }

    /** Lets tasks wait for ratings again. */
    public List<Long> reopen(Project project, int count) {
        return QuarkusTransaction.requiringNew().call(() -> Task.<Task>find("projectId = ?1 order by id", project.id)
                .page(0, count).stream().peek(task -> task.status = Task.OPEN).map(task -> task.id).toList());
    }

    private static void rate(Project project, ModelVersion base) {
        Random random = new Random(11);
        for (Prompt prompt : Prompt.<Prompt>list("projectId = ?1 order by id", project.id)) {
            Response polite = response(prompt, base, TinyPolicy.reply(true, random.nextInt(2)));
            Response rude = response(prompt, base, TinyPolicy.reply(false, random.nextInt(2)));
            boolean agrees = random.nextDouble() < AGREEMENT;
            pair(project, prompt, agrees ? polite : rude, agrees ? rude : polite);
        }
    }

    private static Response response(Prompt prompt, ModelVersion version, String text) {
        Response response = new Response();
        response.promptId = prompt.id;
        response.versionId = version.id;
        response.text = text;
        response.finishReason = "stop";
        response.sampling = Map.of();
        response.createdAt = Instant.now();
        response.persist();
        return response;
    }

    /** As the consumer of ratings leaves it. */
    private static void pair(Project project, Prompt prompt, Response chosen, Response rejected) {
        Task task = new Task();
        task.projectId = project.id;
        task.promptId = prompt.id;
        task.overlap = 1;
        task.status = Task.COMPLETE;
        task.createdAt = Instant.now();
        task.responseIds = new ArrayList<>(List.of(chosen.id, rejected.id));
        task.persist();
        DeliveredRating rating = new DeliveredRating();
        rating.ratingId = UUID.randomUUID();
        rating.revision = 1;
        rating.projectId = project.id;
        rating.taskId = task.id;
        rating.reviewer = UUID.randomUUID();
        rating.kind = "rating";
        rating.instructionsVersion = 1;
        rating.occurredAt = Instant.now();
        rating.persist();
        Pair pair = new Pair();
        pair.projectId = project.id;
        pair.promptId = prompt.id;
        pair.taskId = task.id;
        pair.source = "rating";
        pair.split = prompt.split;
        pair.chosenResponseId = chosen.id;
        pair.rejectedResponseId = rejected.id;
        pair.weight = 1;
        pair.aggregation = "mean-strength-v1";
        pair.updatedAt = Instant.now();
        pair.persist();
    }
}
