package dev.ratchet.app;

import dev.ratchet.evaluation.Evaluation;
import dev.ratchet.evaluation.EvaluationSample;
import dev.ratchet.evaluation.GateResult;
import dev.ratchet.generation.Response;
import dev.ratchet.lm.Message;
import dev.ratchet.project.Groups;
import dev.ratchet.project.Invitations;
import dev.ratchet.project.NewProject;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectSettings;
import dev.ratchet.project.Projects;
import dev.ratchet.project.Prompt;
import dev.ratchet.project.Prompts;
import dev.ratchet.project.Team;
import dev.ratchet.question.Questions;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.NewTask;
import dev.ratchet.task.Task;
import dev.ratchet.task.Tasks;
import dev.ratchet.team.Notes;
import dev.ratchet.training.Run;
import dev.ratchet.training.RunMetric;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Makes what the pages show: projects with tasks, and a history of runs, evaluations and promotions. */
@ApplicationScoped
public class PageFixture {
    public static final String PASSWORD = "a long enough password";

    private static final String GUIDELINES = """
            Prefer the answer that you would be glad to get.

            1. It addresses **the right issue**.
            2. It names the *next step*.
            3. It is polite, short, and promises nothing that nobody can keep.

            | trait | weight |
            |---|--:|
            | right issue | 3 |
            | next step | 2 |
            """;
    private static final List<String> ISSUES = List.of(
            "My parcel has not arrived and the tracking page shows nothing. What can I do?",
            "I was charged twice for the same order this morning.",
            "How do I change the delivery address of an order that I placed an hour ago?",
            "The discount code from your newsletter is refused at checkout.",
            "The kettle leaks at the bottom. Can I get a new one?",
            "I cannot sign in since I changed my phone.",
            "Can I return shoes that I wore once indoors?",
            "My invoice shows the wrong company name.");
    private static final List<String> WARM = List.of(
            "I am sorry about the wait. Please send me the order number, and I will ask the carrier **today**.",
            "Thank you for telling us. I have found the second charge: please confirm the last four digits of the card,"
                    + " and the refund starts.\n\n- It takes three to five days.\n- You get a mail when it is done.",
            "Happy to help. Open *Orders*, choose the order, and press **Change address** before it is packed.");
    private static final List<String> COLD = List.of(
            "Wait some more days. It will arrive tomorrow for sure. It will arrive tomorrow for sure.",
            "That is not possible.",
            "See the terms and conditions. They say what applies in your case, and we cannot say more about it here.");

    @Inject
    Accounts accounts;

    @Inject
    Projects projects;

    @Inject
    Team team;

    @Inject
    Groups groups;

    @Inject
    Invitations invitations;

    @Inject
    Notes notes;

    @Inject
    Prompts prompts;

    @Inject
    Tasks tasks;

    @Inject
    Aliases aliases;

    @Inject
    Clock clock;

    /** An account with {@link #PASSWORD} and a login that no other test has. */
    public Account account(String name, String role) {
        return accounts.create(new NewAccount("u" + UUID.randomUUID(), name, PASSWORD, role));
    }

    /** A project with guidelines and no prompts. */
    public Project project(String name) {
        return projects.create(new NewProject(
                "p" + UUID.randomUUID(), name, "Answers that solve the customer's issue in the house style.",
                GUIDELINES, 2,
                ProjectSettings.defaults()));
    }

    /** A project with tasks and a team: the account leads it, two others rate, there is a group and an invitation. */
    @Transactional
    public Project teamProject(String name, Account lead) {
        Project project = projectWithTasks(name, 12);
        team.add(project, lead, lead.login, Role.LEAD, List.of("en"));
        long rita = team.add(project, lead, account("Rita Reviewer", Role.REVIEWER).login, Role.REVIEWER,
                List.of("de", "medicine")).accountId();
        team.add(project, lead, account("Otto Brandt", Role.REVIEWER).login, Role.REVIEWER, List.of("fr"));
        Groups.Group group = groups.make(project, "Medicine", List.of("medicine"));
        groups.change(project, group.id(), null, null, List.of(rita));
        invitations.make(project, lead, new Invitations.Wanted(Role.REVIEWER, List.of("de"), group.id(), 7, 5));
        notes.write(project, lead, lead.id, "Thank you for the careful comments on returns.");
        return project;
    }

    /** A project whose model has answered its prompts, with one task a prompt. */
    @Transactional
    public Project projectWithTasks(String name, int count) {
        Project project = project(name);
        ModelVersion base = version(project, ModelVersion.POLICY, "policy-1", null, null);
        aliases.move(project, ModelAlias.CHAMPION, 0, base, null, "import", "First model of the project");
        List<NewPrompt> asked = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            String issue = ISSUES.get(at % ISSUES.size());
            asked.add(new NewPrompt(
                    List.of(Message.user(at < ISSUES.size() ? issue : issue + " Order " + (4000 + at) + ".")), null));
        }
        List<NewTask> wanted = new ArrayList<>();
        for (Long prompt : prompts.add(project, asked).ids()) {
            Response warm = response(prompt, base, WARM.get((int) (prompt % WARM.size())));
            Response cold = response(prompt, base, COLD.get((int) (prompt % COLD.size())));
            wanted.add(new NewTask(prompt, Arrays.asList(warm.id, cold.id), 2, 0));
        }
        tasks.create(project, wanted);
        return project;
    }

    /** The id of the project's first task. */
    @Transactional
    public long firstTask(Project project) {
        return Task.<Task>find("projectId = ?1 order by id", project.id).firstResult().id;
    }

    /** The ids of a project's tasks in the order in which they were made. */
    @Transactional
    public List<Long> tasks(Project project) {
        return Task.<Task>list("projectId = ?1 order by id", project.id).stream().map(task -> task.id).toList();
    }

    /** One task in a fresh project, with these two answers. */
    @Transactional
    public Project projectWithAnswers(String name, String prompt, String one, String other) {
        Project project = project(name);
        ModelVersion base = version(project, ModelVersion.POLICY, "policy-1", null, null);
        Long asked = prompts.add(project, List.of(new NewPrompt(List.of(Message.user(prompt)), null))).ids().get(0);
        Response first = response(asked, base, one);
        Response second = response(asked, base, other);
        tasks.create(project, List.of(new NewTask(asked, Arrays.asList(first.id, second.id), 2, 0)));
        return project;
    }

    /** Tasks that ask these questions of so many answers; every text says what number it has. */
    @Transactional
    public Project projectAsking(Questions questions, int responses, int count) {
        Project project = projects.create(new NewProject("p" + UUID.randomUUID(), "Careful answers", "", GUIDELINES, 2,
                ProjectSettings.defaults(), questions));
        ModelVersion base = version(project, ModelVersion.POLICY, "policy-1", null, null);
        List<NewTask> wanted = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            Long prompt = prompts.add(project, List.of(
                    new NewPrompt(List.of(Message.user("Sort a list in Java, number " + at)), null))).ids().get(0);
            List<Long> answers = new ArrayList<>();
            for (int number = 1; number <= responses; number++) {
                answers.add(response(prompt, base, "Answer " + number + " is **rather** good:\n\n```java\nlist.sort(null);"
                        + " // in place\n```\n\nIt takes $n \\log n$ steps & 1 \\* n places.").id);
            }
            wanted.add(new NewTask(prompt, answers, 2, 0));
        }
        tasks.create(project, wanted);
        return project;
    }

    /** Adds two rounds of training to a project with tasks: one was refused by a gate, one was promoted. */
    @Transactional
    public History history(Project project) {
        ModelVersion base = ModelVersion.find("projectId = ?1 and name = 'policy-1'", project.id).firstResult();
        Run firstReward = run(project, "reward", "succeeded", base, 7200);
        ModelVersion reward1 = version(project, ModelVersion.REWARD, "reward-1", base, firstReward);
        Run firstPolicy = run(project, "preference", "succeeded", base, 7000);
        ModelVersion refused = version(project, ModelVersion.POLICY, "policy-2", base, firstPolicy);
        evaluation(project, base, refused, reward1, false);
        Run secondReward = run(project, "reward", "succeeded", base, 3600);
        ModelVersion reward2 = version(project, ModelVersion.REWARD, "reward-2", base, secondReward);
        Run secondPolicy = run(project, "preference", "succeeded", base, 3400);
        ModelVersion promoted = version(project, ModelVersion.POLICY, "policy-3", base, secondPolicy);
        Evaluation evaluation = evaluation(project, base, promoted, reward2, true);
        aliases.move(
                project, ModelAlias.CHAMPION, 1, promoted, evaluation.id, "gate",
                "All gates passed in evaluation " + evaluation.id);
        Run failed = run(project, "supervised", "failed", base, 900);
        failed.error =
                "The worker ended with status 137: the machine ran out of memory.\nStep 41 of 120, checkpoint 40.";
        Run running = run(project, "preference", "running", promoted, 40);
        return new History(project, base.id, refused.id, promoted.id, secondPolicy.id, running.id, failed.id);
    }

    /** What {@link #history} made. */
    public record History(
            Project project,
            long base,
            long refused,
            long promoted,
            long finishedRun,
            long runningRun,
            long failedRun) {}

    private ModelVersion version(Project project, String kind, String name, ModelVersion parent, Run run) {
        ModelVersion version = new ModelVersion();
        version.projectId = project.id;
        version.kind = kind;
        version.name = name;
        version.parentId = parent == null ? null : parent.id;
        version.runId = run == null ? null : run.id;
        version.path = "models/none";
        version.digest = UUID.randomUUID().toString().replace("-", "").repeat(2);
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("kind", kind);
        if (parent == null) {
            manifest.put("origin", "support-1m, trained by this project");
        } else {
            manifest.put("base", parent.name);
            manifest.put("loss", kind.equals(ModelVersion.REWARD) ? "bradley-terry@1" : "dpo-sigmoid@1");
            manifest.put("seed", 17);
            manifest.put("metrics", Map.of("loss", 0.4713, "accuracy", 0.781));
        }
        version.manifest = manifest;
        version.createdAt = clock.instant();
        version.persist();
        if (run != null) {
            run.producedVersionId = version.id;
        }
        return version;
    }

    private Response response(long prompt, ModelVersion version, String text) {
        Response response = new Response();
        response.promptId = prompt;
        response.versionId = version.id;
        response.text = text;
        response.finishReason = "stop";
        response.sampling = Map.of("temperature", 1.0);
        response.createdAt = clock.instant();
        response.persist();
        return response;
    }

    private Run run(Project project, String kind, String status, ModelVersion base, long secondsAgo) {
        Instant started = clock.instant().minusSeconds(secondsAgo);
        boolean over = !status.equals("running");
        Run run = new Run();
        run.projectId = project.id;
        run.kind = kind;
        run.status = status;
        run.spec = Map.of("beta", 0.1, "recipe", Map.of("batch_size", 32, "learning_rate", 0.0003));
        run.seed = 17;
        run.baseVersionId = base.id;
        run.triggeredBy = "pairs";
        run.attempt = 1;
        run.stage = over ? (status.equals("failed") ? "Failed" : "Done") : "Optimising the policy on pairs";
        run.totalSteps = 120;
        run.step = over ? 120 : 74;
        run.heartbeatAt = clock.instant().plusSeconds(3600);
        run.createdAt = started.minusSeconds(2);
        run.startedAt = started;
        run.finishedAt = over ? started.plusSeconds(84) : null;
        run.result = status.equals("succeeded") ? Map.of("metrics", Map.of("loss", 0.4713)) : null;
        run.persist();
        Random noise = new Random(run.id);
        for (int step = 1; step <= run.step; step++) {
            RunMetric metric = new RunMetric();
            metric.runId = run.id;
            metric.step = step;
            metric.metrics = new LinkedHashMap<>();
            metric.metrics.put("loss", 0.44 + 0.26 * Math.exp(-step / 30.0) + 0.02 * noise.nextGaussian());
            metric.metrics.put("accuracy", 0.8 - 0.28 * Math.exp(-step / 25.0) + 0.02 * noise.nextGaussian());
            metric.metrics.put("learning_rate", 3e-4 * Math.min(step / 12.0, (130 - step) / 118.0));
            metric.persist();
        }
        return run;
    }

    private Evaluation evaluation(
            Project project, ModelVersion champion, ModelVersion candidate, ModelVersion reward, boolean good) {
        Run run = run(project, "evaluation", "succeeded", champion, good ? 3200 : 6800);
        run.candidateVersionId = candidate.id;
        Evaluation evaluation = new Evaluation();
        evaluation.projectId = project.id;
        evaluation.runId = run.id;
        evaluation.candidateId = candidate.id;
        evaluation.championId = champion.id;
        evaluation.rewardId = reward.id;
        evaluation.decision = good ? "pass" : "undecided";
        evaluation.gates = List.of(
                good
                        ? new GateResult("win-rate", "pass", 0.713, 0.668, 0.758, 0.5,
                                "The candidate wins 71.3% of comparisons (95%: 66.8% to 75.8%); the bound is above 50%.")
                        : new GateResult("win-rate", "undecided", 0.521, 0.472, 0.570, 0.5,
                                "The interval does not clear 50%, so this is undecided."),
                new GateResult("reward-accuracy", "pass", 0.781, 0.702, 0.843, 0.55,
                        "It agrees with people on 78.1% of 128 held-out pairs; the lower bound is above 55%."),
                new GateResult("kl", "pass", 6.2, 5.8, 6.6, 30,
                        "The candidate stands 6.20 nats a reply from the champion, within the budget of 30."));
        evaluation.promoted = good;
        evaluation.createdAt = clock.instant();
        evaluation.persist();
        List<Prompt> asked = Prompt.list("projectId = ?1 order by id", project.id);
        for (int at = 0; at < asked.size(); at++) {
            EvaluationSample sample = new EvaluationSample();
            sample.evaluationId = evaluation.id;
            sample.promptId = asked.get(at).id;
            sample.candidateText = WARM.get(at % WARM.size());
            sample.championText = COLD.get(at % COLD.size());
            sample.candidateScore = at % 5 == 4 ? -0.3 : 1.4 + at * 0.01;
            sample.championScore = 0.2;
            sample.persist();
        }
        return evaluation;
    }
}
