package dev.ratchet.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.project.Project;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingFixture;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of runs whose worker is killed, cancelled, or given what it cannot use. */
@QuarkusTest
class RunSupervisionTest {
    private static final String PASSWORD = "correct horse";
    private static final Duration LONG = Duration.ofMinutes(4);

    @Inject
    TinyCampaign campaign;

    @Inject
    Runs runs;

    @Inject
    RunPlans plans;

    @Inject
    Snapshots snapshots;

    @Inject
    RatingFixture rows;

    @Inject
    Versions versions;

    @Inject
    Accounts accounts;

    private Project project;
    private String lead;

    @BeforeEach
    void makeCampaign() {
        project = campaign.create();
        lead = "lead" + UUID.randomUUID();
        accounts.create(new NewAccount(lead, "A lead", PASSWORD, Role.LEAD));
    }

    @Test
    void aKilledWorkersRunEndsWithTheSameBytesAsAnUndisturbedOne() {
        Snapshot snapshot = snapshot();
        RunSpec spec = longer(plans.supervised(project, snapshot, null), 12);
        Run undisturbed = runs.create(project, spec, snapshot.id, "test");
        ModelVersion expected = produced(undisturbed.id);

        Run run = runs.create(project, spec, snapshot.id, "test");
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> fresh(run.id).step >= 20);
        ProcessHandle worker = ProcessHandle.of(fresh(run.id).processId).orElseThrow();
        worker.destroyForcibly();

        ModelVersion resumed = produced(run.id);
        assertThat(fresh(run.id).attempt).isEqualTo(2);
        assertThat(fresh(run.id).heartbeatAt).isNotNull();
        assertThat(resumed.digest).isEqualTo(expected.digest);
        assertThat(versions.manifest(resumed).metrics()).isEqualTo(versions.manifest(expected).metrics());
        assertThat(runs.metrics(run.id, 0, 1000)).extracting(metric -> metric.metrics.get("loss"))
                .isEqualTo(runs.metrics(undisturbed.id, 0, 1000).stream()
                        .map(metric -> metric.metrics.get("loss"))
                        .toList());
    }

    @Test
    void aCancelledRunStopsItsWorkerAndStaysCancelled() {
        Snapshot snapshot = snapshot();
        Run run = runs.create(project, longer(plans.supervised(project, snapshot, null), 5000), snapshot.id, "test");
        await().atMost(LONG).until(() -> fresh(run.id).step >= 1);
        ProcessHandle worker = ProcessHandle.of(fresh(run.id).processId).orElseThrow();
        asLead().post("/api/runs/" + run.id + "/cancel").then().statusCode(200).body("status", equalTo("cancelled"));
        await().atMost(LONG).until(() -> !worker.isAlive());
        asLead().get("/api/runs/" + run.id).then().statusCode(200).body("status", equalTo("cancelled"));
        asLead().post("/api/runs/" + run.id + "/cancel").then()
                .statusCode(409)
                .body("type", equalTo("urn:ratchet:problem:run-status"));
    }

    @Test
    void aRunThatCannotWorkFailsWithOneLineAndCanBeRetried() throws Exception {
        Snapshot snapshot = snapshot();
        Run run = runs.create(project, plans.supervised(project, snapshot, null), snapshot.id, "test");
        Path weights = versions.open(versions.get(run.baseVersionId)).resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        await().atMost(LONG).until(() -> !fresh(run.id).status.equals("queued"));
        produced(run.id);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
        Run damaged = runs.create(project, plans.supervised(project, snapshot, null), snapshot.id, "test");
        await().atMost(LONG).until(() -> fresh(damaged.id).status.equals("failed"));
        assertThat(fresh(damaged.id).error).contains("file 'model.safetensors' was changed").doesNotContain("\n");
        Files.write(weights, whole);
        asLead().post("/api/runs/" + damaged.id + "/retry").then().statusCode(200).body("status", equalTo("queued"));
        produced(damaged.id);
    }

    /** Demonstrations, documents and nothing of the held-out side, with pairs and without. */
    @Test
    void aSupervisedRunLearnsWhatWasImported() {
        demonstration(project, "train", true, TinyPolicy.reply(true, 0));
        demonstration(project, "train", false, TinyPolicy.reply(true, 1));
        demonstration(project, "eval", false, TinyPolicy.reply(false, 0));
        Run run = start(project);
        demonstration(project, "train", false, TinyPolicy.reply(false, 1));
        Map<String, Long> learned = versions.manifest(produced(run.id)).tokens();
        assertThat(learned).containsEntry("demonstration", 1L).containsEntry("document", 1L)
                .containsEntry("examples", learned.get("chosen") + 2);
        assertThat(learned.get("chosen")).isPositive();

        rows.run("delete from pair where project_id = ?1", project.id);
        Map<String, Long> alone = versions.manifest(produced(start(project).id)).tokens();
        assertThat(alone).containsEntry("chosen", 0L).containsEntry("demonstration", 1L).containsEntry("document", 2L);
    }

    private void demonstration(Project project, String split, boolean answers, String text) {
        rows.run("insert into demonstration (project_id, prompt_id, split, text, digest, import_id, created_at)"
                + " select ?1, case when ?2 then min(p.id) end, ?3, ?4, sha256(random()::text::bytea), 1, now()"
                + " from prompt p where p.project_id = ?1 and p.split = ?3", project.id, answers, split, text);
    }

    private Run start(Project project) {
        int id = asLead().body(Map.of("kind", "supervised")).post("/api/projects/" + project.slug + "/runs").then()
                .statusCode(201).extract().path("id");
        return fresh(id);
    }

    @Test
    void onlyLeadsStartAndSeeRuns() {
        String reviewer = "r" + UUID.randomUUID();
        accounts.create(new NewAccount(reviewer, "A reviewer", PASSWORD, Role.REVIEWER));
        given().auth().preemptive().basic(reviewer, PASSWORD).get("/api/projects/" + project.slug + "/runs").then()
                .statusCode(403);
        given().get("/api/projects/" + project.slug + "/runs").then().statusCode(401);
        asLead().get("/api/projects/" + project.slug + "/runs").then().statusCode(200).body("items.size()", equalTo(0));
        asLead().body(Map.of("kind", "reward")).post("/api/projects/" + project.slug + "/runs")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:run-kind"));
        asLead().get("/api/runs/0").then().statusCode(404);
    }

    private RequestSpecification asLead() {
        return given().auth().preemptive().basic(lead, PASSWORD).contentType("application/json");
    }

    private Snapshot snapshot() {
        return QuarkusTransaction.requiringNew().call(() -> snapshots.create(project));
    }

    private static RunSpec longer(RunSpec spec, int epochs) {
        TrainingRecipe recipe = new TrainingRecipe(epochs, 32, 1, 1e-3, 0.1, 0, 1, 7);
        Recipe all = spec.recipe();
        return new RunSpec(
                spec.kind(),
                spec.chain(),
                spec.seed(),
                spec.compute(),
                spec.models(),
                spec.championRevision(),
                spec.snapshot(),
                spec.demonstrations(),
                spec.prompts(),
                spec.generation(),
                spec.beta(),
                spec.supervisedCoefficient(),
                new Recipe(
                        recipe,
                        all.reward(),
                        all.preference(),
                        all.validationShare(),
                        all.evaluateEvery(),
                        all.patience(),
                        all.samplingPrompts(),
                        all.pairsPerPrompt(),
                        all.labelledWeight(),
                        all.evaluationPrompts(),
                        all.evaluationSamples()));
    }

    private Run fresh(long id) {
        return QuarkusTransaction.requiringNew().call(() -> runs.get(id));
    }

    private ModelVersion produced(long runId) {
        await().atMost(LONG).until(() -> {
            Run run = fresh(runId);
            assertThat(run.status).as(run.error).isNotEqualTo("failed");
            return run.status.equals("succeeded");
        });
        return versions.get(fresh(runId).producedVersionId);
    }
}
