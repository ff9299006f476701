package dev.ratchet.app.demo;

import dev.ratchet.dataset.AggregationPolicies;
import dev.ratchet.generation.Response;
import dev.ratchet.generation.Responses;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
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
import dev.ratchet.registry.Versions;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.NewTask;
import dev.ratchet.task.Tasks;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets the demo's project up through the product's own services: accounts, base model, prompts, replies and tasks. */
@ApplicationScoped
public class DemoProject {

    /** Login of the person who looks at the demo. */
    static final String VISITOR = "demo";

    private static final String GUIDELINES = """
            You compare two replies of a support assistant to a customer.

            Prefer the reply that

            - **names the very issue** that the customer has, not only its topic
            - **gives the next step** that fits it
            - is **polite**
            - makes **no promise** that support cannot keep
            - is **concise**, and says nothing twice

            Use the outer buttons where one reply is much better, *tie* where both are as good, and *both bad* where
            neither should reach a customer.
            """;

    @Inject
    Accounts accounts;

    @Inject
    Projects projects;

    @Inject
    Prompts prompts;

    @Inject
    Versions versions;

    @Inject
    Aliases aliases;

    @Inject
    Responses responses;

    @Inject
    Tasks tasks;

    @Inject
    AggregationPolicies policies;

    /**
     * Makes the reviewers' and the visitor's accounts where they are missing; all get a new password, which is
     * returned.
     */
    String demoAccounts() {
        byte[] random = new byte[9];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        DemoReviewers.PEOPLE.forEach(person -> account(person.login(), person.name(), Role.REVIEWER, password));
        account(VISITOR, "Demo visitor", Role.LEAD, password);
        return password;
    }

    private void account(String login, String name, String role, String password) {
        QuarkusTransaction.requiringNew().run(() -> Account.findByLogin(login)
                .ifPresentOrElse(
                        account -> accounts.changePassword(login, password),
                        () -> accounts.create(new NewAccount(login, name, password, role))));
    }

    /**
     * A new project with the demo's base model as its champion.
     *
     * @param weighing whether pairs weigh reviewers by how reliable they are
     */
    Project create(long seed, int overlap, ProjectSettings settings, boolean weighing, Path baseModel) {
        Project project = QuarkusTransaction.requiringNew().call(() -> projects.create(new NewProject(
                freeSlug(seed),
                "Support assistant",
                "A customer-support assistant that learns a house style from its reviewers.",
                GUIDELINES,
                overlap,
                settings)));
        if (weighing) {
            policies.choose(project, AggregationPolicies.RELIABILITY);
        }
        ModelVersion base = versions.importFolder(
                project, ModelVersion.POLICY, "base", baseModel,
                Manifest.imported(ModelVersion.POLICY, "the demo's base model"));
        aliases.move(project, ModelAlias.CHAMPION, 0, base, null, "demo", "The base model, as imported; seed " + seed);
        return project;
    }

    /** Named for its seed: the seeds of a project's runs follow from its name. */
    private static String freeSlug(long seed) {
        String wanted = "support-" + seed;
        String slug = wanted;
        for (int number = 2; Project.findBySlug(slug).isPresent(); number++) {
            slug = wanted + "-" + number;
        }
        return slug;
    }

    /** Adds messages as prompts of one turn; their families are their split groups. */
    List<Prompt> addPrompts(Project project, List<ScenarioPrompt> messages) {
        List<NewPrompt> added = messages.stream()
                .map(message -> new NewPrompt(List.of(Message.user(message.text())), message.splitGroup()))
                .toList();
        List<Long> ids = prompts.add(project, added).ids();
        return QuarkusTransaction.requiringNew().call(() -> Prompt.list("id in ?1 order by id", ids));
    }

    /** Samples two replies of the champion for each prompt and makes a task of them where they differ. */
    int tasks(Project project, List<Prompt> asked, int overlap, Sampling sampling, ProgressListener progress) {
        ModelVersion champion = QuarkusTransaction.requiringNew().call(() -> aliases.championVersion(project));
        List<Response> sampled = responses.sample(project, champion, asked, 2, sampling, progress);
        Map<Long, List<Response>> byPrompt = new LinkedHashMap<>();
        sampled.forEach(response ->
                byPrompt.computeIfAbsent(response.promptId, id -> new ArrayList<>()).add(response));
        List<NewTask> made = byPrompt.entrySet().stream()
                .filter(entry -> !entry.getValue().get(0).text.equals(entry.getValue().get(1).text))
                .map(entry -> new NewTask(
                        entry.getKey(), entry.getValue().stream().map(response -> response.id).toList(), overlap, 0))
                .toList();
        return tasks.create(project, made).size();
    }
}
