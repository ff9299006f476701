package dev.ratchet.app.bench;

import dev.ratchet.generation.Response;
import dev.ratchet.lm.Message;
import dev.ratchet.project.NewProject;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectSettings;
import dev.ratchet.project.Projects;
import dev.ratchet.project.Prompts;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.NewTask;
import dev.ratchet.task.Tasks;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes what {@code bench rating} rates, through the product's own services, before the server opens its port. */
@ApplicationScoped
public class RatingBenchProject {
    /** Slug of the project that is measured. */
    static final String MEASURED = "bench";
    /** Slug of the one that is rated before, so that code is compiled and caches are full. */
    static final String WARM_UP = "bench-warm-up";

    private static final List<String> WORDS = List.of(
            "parcel", "refund", "carrier", "please", "order", "tomorrow", "the", "address", "number", "with", "your",
            "invoice", "account", "we", "are", "sorry", "delivery", "confirm", "and", "open", "page", "change", "of");

    @Inject
    RatingBenchConfig config;

    @Inject
    Accounts accounts;

    @Inject
    Projects projects;

    @Inject
    Prompts prompts;

    @Inject
    Tasks tasks;

    @Inject
    Clock clock;

    void onStart(@Observes StartupEvent started) {
        config.password().ifPresent(password ->
                make(config.reviewers(), config.tasks(), config.overlap(), config.warmUp(), password));
    }

    /** The login of a reviewer, from 0 on. */
    static String login(int reviewer) {
        return "bench-" + reviewer;
    }

    /** Makes accounts and both projects, each where it is missing. */
    void make(int reviewers, int taskCount, int overlap, int warmUp, String password) {
        for (int i = 0; i < reviewers; i++) {
            String login = login(i);
            QuarkusTransaction.requiringNew().run(() -> {
                if (Account.findByLogin(login).isEmpty()) {
                    accounts.create(new NewAccount(login, "Reviewer " + login, password, Role.REVIEWER));
                }
            });
        }
        project(WARM_UP, (warmUp + overlap - 1) / overlap, overlap, 1);
        project(MEASURED, taskCount, overlap, 2);
    }

    private void project(String slug, int count, int overlap, long seed) {
        QuarkusTransaction.requiringNew().timeout(300).run(() -> {
            if (projects.find(slug).isPresent()) {
                return;
            }
            ProjectSettings usual = ProjectSettings.defaults();
            // No training: it would take the processors from what is measured.
            Project project = projects.create(new NewProject(slug, "Rating bench", "", "Prefer the **clearer** answer."
                    + "\n\n- It names the issue.\n- It gives the next step.\n- It is polite and short.", overlap,
                    new ProjectSettings(0, usual.maxReplyTokens(), usual.temperature(), usual.samplesPerPrompt(),
                            usual.beta(), usual.supervisedCoefficient(), usual.klBudget(), usual.minimumWinRate(),
                            usual.minimumRewardAccuracy())));
            fill(project, count, overlap, new SplittableRandom(seed));
        });
    }

    private void fill(Project project, int count, int overlap, SplittableRandom random) {
        ModelVersion version = version(project);
        List<NewPrompt> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(new NewPrompt(List.of(Message.user("Case " + i + ": " + words(random, 40) + "?")), null));
        }
        List<NewTask> made = new ArrayList<>();
        for (long prompt : prompts.add(project, asked).ids()) {
            made.add(new NewTask(prompt,
                    List.of(response(prompt, version, random), response(prompt, version, random)), overlap, 0));
        }
        tasks.create(project, made);
    }

    private ModelVersion version(Project project) {
        ModelVersion version = new ModelVersion();
        version.projectId = project.id;
        version.kind = ModelVersion.POLICY;
        version.name = "texts-of-the-bench";
        version.path = "none";
        version.digest = "0".repeat(64);
        version.manifest = Map.of("origin", "words at random, for a measurement");
        version.createdAt = clock.instant();
        version.persist();
        return version;
    }

    private long response(long prompt, ModelVersion version, SplittableRandom random) {
        Response response = new Response();
        response.promptId = prompt;
        response.versionId = version.id;
        response.text = words(random, 40) + ".\n\n- **" + words(random, 3) + "**: " + words(random, 12) + "\n- "
                + words(random, 12) + "\n\n```\n" + words(random, 6) + "\n```\n\n" + words(random, 30) + ".";
        response.finishReason = "stop";
        response.sampling = Map.of();
        response.createdAt = clock.instant();
        response.persist();
        return response.id;
    }

    private static String words(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }
}
