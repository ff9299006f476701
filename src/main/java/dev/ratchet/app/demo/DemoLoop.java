package dev.ratchet.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.dataset.Pair;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.evaluation.Evaluation;
import dev.ratchet.evaluation.EvaluationSample;
import dev.ratchet.evaluation.Gate;
import dev.ratchet.lm.Sampling;
import dev.ratchet.platform.DataFolder;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectSettings;
import dev.ratchet.project.Prompt;
import dev.ratchet.project.Split;
import dev.ratchet.quality.QualityFilter;
import dev.ratchet.quality.QualityReports;
import dev.ratchet.quality.ReviewerFigures;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.training.Run;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One time round the loop, from prompts to the promoted model, watched from outside: the product does the work. */
@ApplicationScoped
public class DemoLoop {

    private static final int POLL_MILLIS = 200;
    /** Longest silence of a stage before the demo gives up on it. */
    private static final long STALL_MILLIS = 300_000;
    /** The loop starts when this share of the expected pairs is there: ties give none. */
    private static final double RETRAIN_SHARE = 0.6;
    /** The longest reply of the base model's corpus has 62. */
    private static final int MAX_REPLY_TOKENS = 72;
    private static final int HAND_TASKS = 30;
    private static final int EXAMPLES = 3;

    @Inject
    DemoConfig config;

    @Inject
    DemoProject projects;

    @Inject
    DataFolder data;

    @Inject
    QualityReports quality;

    @Inject
    Versions versions;

    @Inject
    Aliases aliases;

    @Inject
    ObjectMapper json;

    private final Scenario scenario = Scenario.load();
    private final Rubric rubric = new Rubric(scenario);

    /** A project that is ready to be rated. */
    private record Ready(Project project, ModelVersion base, int tasks) {}

    /** Sets a project up and leaves its rating to people. */
    void prepareForPeople(long seed, Stages stages) throws Exception {
        ready(seed, stages, 1);
    }

    /** Runs the loop and says what came of it. */
    DemoReport run(URI base, long seed, String password, Stages stages) throws Exception {
        Ready ready = ready(seed, stages, config.overlap());
        Project project = ready.project();
        List<ScenarioPrompt> questions = scenario.prompts(Split.EVAL, config.goldPrompts(), seed * 7_919 + 5);
        List<String> asked = questions.stream().map(ScenarioPrompt::text).limit(EXAMPLES).toList();
        List<Answer> before = ask(base, password, project, asked);

        int ratings = stages.run("People rate", progress -> {
            int expected = ready.tasks() * config.overlap();
            return new DemoReviewers(base, rubric, config.noise()).rate(project.slug, password, seed,
                    done -> progress.at(done, expected, done + " ratings over HTTP"));
        });
        stages.run("Ratings stream", progress -> await(progress, () -> delivered(project, ratings)));
        List<DemoReport.Reviewer> reviewers = stages.run("Reviewers are looked at",
                progress -> await(progress, () -> lookedAt(project)));
        Run reward = stages.run("Reward model trains", progress -> await(progress, () -> watch(project, "reward")));
        stages.run("Policy is optimised", progress -> await(progress, () -> watch(project, "preference")));
        Run evaluated = stages.run("Candidate is evaluated",
                progress -> await(progress, () -> watch(project, "evaluation")));
        Evaluation evaluation = stages.run("Gate decides", progress -> await(progress, () -> decided(evaluated)));
        ModelVersion candidate = version(evaluation.candidateId);
        List<Answer> after = stages.run("Served model answers", progress -> ask(base, password, project, asked));
        GoldEvaluation.Outcome gold = stages.run("Gold rubric measures", progress -> new GoldEvaluation(
                        rubric, questions.stream().map(ScenarioPrompt::text).toList(),
                        sampling(project, seed * 31 + 11))
                .compare(folder(ready.base()), folder(candidate),
                        (done, total) -> progress.at(done, total, "held-out replies")));
        if (!config.exit() && config.seeds() == 1) {
            stages.run("Tasks for you", progress -> tasksByHand(project, seed));
        }
        return report(seed, stages, ready, ratings, reviewers, reward, evaluated, evaluation, gold, asked, before,
                after);
    }

    private Ready ready(long seed, Stages stages, int overlap) throws Exception {
        Project project = stages.run("Project is set up", progress -> projects.create(
                seed, overlap, settings(), !config.noise(), BaseModel.extract(data.root().resolve("demo-base"))));
        ModelVersion base = QuarkusTransaction.requiringNew().call(() -> aliases.championVersion(project));
        return stages.run("Champion answers prompts", progress -> {
            List<Prompt> train =
                    projects.addPrompts(project, scenario.prompts(Split.TRAIN, config.trainTasks(), seed * 7_919 + 1));
            List<Prompt> eval = projects.addPrompts(project,
                    scenario.prompts(Split.EVAL, config.evalTasks(), seed * 7_919 + 2));
            int all = train.size() + eval.size();
            int evalTasks = projects.tasks(project, eval, overlap, sampling(project, seed * 31 + 2),
                    (done, total) -> progress.at(done / 2, all, "prompts"));
            int trainTasks = projects.tasks(project, train, overlap, sampling(project, seed * 31 + 1),
                    (done, total) -> progress.at(eval.size() + done / 2, all, "prompts"));
            return new Ready(project, base, trainTasks + evalTasks);
        });
    }

    private ProjectSettings settings() {
        ProjectSettings usual = ProjectSettings.defaults();
        return new ProjectSettings(
                (int) (RETRAIN_SHARE * config.trainTasks()), MAX_REPLY_TOKENS, usual.temperature(),
                usual.samplesPerPrompt(),
                usual.beta(), usual.supervisedCoefficient(), usual.klBudget(), usual.minimumWinRate(),
                config.minimumRewardAccuracy());
    }

    /** Prompts nobody has rated, answered by the new champion: something to rate for who looks at the demo. */
    private int tasksByHand(Project project, long seed) {
        List<Prompt> fresh = projects.addPrompts(project, scenario.prompts(Split.TRAIN, HAND_TASKS, seed * 7_919 + 3));
        return projects.tasks(project, fresh, 1, sampling(project, seed * 31 + 3), (done, total) -> {});
    }

    private static Sampling sampling(Project project, long seed) {
        return new Sampling(project.settings.maxReplyTokens(), project.settings.temperature(), 0, 1, seed, List.of());
    }

    /** A look at something that moves; {@code done} holds its outcome when it is over. */
    private record Look<T>(long at, long total, String doing, Optional<T> done) {}

    private static <T> T await(Stages.Progress progress, Supplier<Look<T>> looking) throws InterruptedException {
        String last = "";
        long moved = System.nanoTime();
        while (true) {
            Look<T> look = QuarkusTransaction.requiringNew().call(looking::get);
            progress.at(look.at(), look.total(), look.doing());
            if (look.done().isPresent()) {
                return look.done().get();
            }
            String now = look.at() + look.doing();
            if (!now.equals(last)) {
                last = now;
                moved = System.nanoTime();
            } else if ((System.nanoTime() - moved) / 1_000_000 > STALL_MILLIS) {
                throw new IllegalStateException("Nothing has moved for five minutes at: " + look.doing());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Look<Long> delivered(Project project, int ratings) {
        long arrived = dev.ratchet.dataset.DeliveredRating.count("projectId", project.id);
        return new Look<>(arrived, ratings, "of " + ratings + " ratings delivered by Kafka",
                arrived >= ratings ? Optional.of(arrived) : Optional.empty());
    }

    /** What a lead is told of each reviewer on the quality page. */
    private Look<List<DemoReport.Reviewer>> lookedAt(Project project) {
        List<ReviewerFigures> figures = quality.of(project, QualityFilter.NONE).reviewers();
        return new Look<>(figures == null ? 0 : 1, 1, "agreement and reliability", Optional.ofNullable(figures)
                .map(all -> all.stream().map(DemoReport.Reviewer::of).toList()));
    }

    private Look<Run> watch(Project project, String kind) {
        Optional<Run> found = Run.<Run>find("projectId = ?1 and kind = ?2 order by id desc", project.id, kind)
                .firstResultOptional();
        if (found.isEmpty()) {
            Optional<Run> failed = Run.<Run>find("projectId = ?1 and status = 'failed'", project.id)
                    .firstResultOptional();
            failed.ifPresent(DemoLoop::refuse);
            return new Look<>(0, 1, "waiting to start", Optional.empty());
        }
        Run run = found.get();
        if (run.status.equals("failed") || run.status.equals("cancelled")) {
            refuse(run);
        }
        return new Look<>(run.step, Math.max(run.totalSteps, 1), run.stage,
                run.status.equals("succeeded") ? Optional.of(run) : Optional.empty());
    }

    private static void refuse(Run run) {
        throw new IllegalStateException("Run " + run.id + " (" + run.kind + ") " + run.status + ": " + run.error);
    }

    private Look<Evaluation> decided(Run run) {
        Optional<Evaluation> found = Evaluation.<Evaluation>find("runId", run.id).firstResultOptional();
        return new Look<>(found.isPresent() ? 1 : 0, 1, "weighing the evidence", found);
    }

    /** What the served model said, and which version wrote it. */
    private record Answer(String text, String version) {}

    /** Asks the served model as any client would, without chance. */
    private List<Answer> ask(URI base, String password, Project project, List<String> prompts)
            throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        String basic = Base64.getEncoder()
                .encodeToString((DemoProject.VISITOR + ":" + password).getBytes(StandardCharsets.UTF_8));
        List<Answer> answers = new ArrayList<>();
        for (String prompt : prompts) {
            ObjectNode body = json.createObjectNode().put("model", project.slug).put("temperature", 0)
                    .put("max_tokens", project.settings.maxReplyTokens());
            body.putArray("messages").addObject().put("role", "user").put("content", prompt);
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                            .header("Authorization", "Basic " + basic)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("The served model answered " + response.statusCode() + ": " + response.body());
            }
            JsonNode answer = json.readTree(response.body());
            answers.add(new Answer(
                    answer.at("/choices/0/message/content").asText(), answer.path("system_fingerprint").asText()));
        }
        return answers;
    }

    private Path folder(ModelVersion version) {
        return versions.open(version);
    }

    private ModelVersion version(long id) {
        return QuarkusTransaction.requiringNew().call(() -> versions.get(id));
    }

    private DemoReport report(
            long seed, Stages stages, Ready ready, int ratings, List<DemoReport.Reviewer> reviewers, Run reward,
            Run evaluated, Evaluation evaluation,
            GoldEvaluation.Outcome gold, List<String> asked, List<Answer> before, List<Answer> after) {
        List<DemoReport.Example> examples = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < asked.size(); i++) {
            changed |= !before.get(i).text().equals(after.get(i).text());
            examples.add(new DemoReport.Example(
                    asked.get(i), before.get(i).text(), after.get(i).text(), after.get(i).version()));
        }
        Map<String, DemoReport.TraitShare> traits = new LinkedHashMap<>();
        gold.traits().forEach((trait, share) -> traits.put(trait.title(), share));
        var accuracy = evaluation.gates.stream().filter(gate -> gate.name().equals(Gate.REWARD_ACCURACY)).findFirst()
                .orElseThrow();
        var kl = evaluation.gates.stream().filter(gate -> gate.name().equals(Gate.KL)).findFirst().orElseThrow();
        Snapshot snapshot = QuarkusTransaction.requiringNew().call(() -> Snapshot.findById(reward.snapshotId));
        return new DemoReport(
                seed, evaluation.promoted, evaluation.decision,
                gold.winRateAfter().estimate(), gold.winRateAfter().low(), gold.winRateAfter().high(),
                gold.winRateBefore().estimate(), gold.scoreBefore().estimate(), gold.scoreAfter().estimate(),
                interval(gold.scoreBefore()), interval(gold.scoreAfter()), interval(gold.winRateBefore()),
                traits, config.goldPrompts(), accuracy.estimate(), accuracy.low(), kl.estimate(),
                ratings, reviewers, snapshot.trainPairs, changed, stages.seconds(),
                evaluation.gates.stream()
                        .map(gate -> new DemoReport.Gate(gate.name(), gate.decision(), gate.explanation())).toList(),
                noiseControl(ready.project(), evaluation, evaluated, seed),
                examples);
    }

    private static String noiseControl(Project project, Evaluation evaluation, Run run, long seed) {
        List<EvaluationSample> samples = QuarkusTransaction.requiringNew()
                .call(() -> EvaluationSample.list("evaluationId = ?1 order by promptId", evaluation.id));
        int heldOutPairs = ((Map<?, ?>) run.result.get("metrics")).get("heldout_pairs") instanceof Number pairs
                ? pairs.intValue() : 0;
        return NoiseControl.decide(evaluation, samples, heldOutPairs, project.settings, seed);
    }

    private static DemoReport.Interval interval(dev.ratchet.stats.Interval interval) {
        return new DemoReport.Interval(interval.low(), interval.high());
    }
}
