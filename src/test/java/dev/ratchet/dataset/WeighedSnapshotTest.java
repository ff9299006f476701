package dev.ratchet.dataset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.GoldDesk;
import dev.ratchet.task.LeasedTask;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.task.RoutingDesk;
import dev.ratchet.task.RoutingSettings;
import dev.ratchet.task.Task;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A snapshot says what each reviewer counted in it, and its digest covers that. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class WeighedSnapshotTest {
    private static final int TASKS = 20;

    @Inject
    PageFixture pages;

    @Inject
    RatingFixture fixture;

    @Inject
    RatingDesk desk;

    @Inject
    Projects projects;

    @Inject
    Snapshots snapshots;

    @Inject
    GoldDesk gold;

    @Inject
    RoutingDesk routing;

    @Inject
    AggregationPolicies policies;

    @Test
    void reviewersAreWeighedAtTheSnapshotAndTheWeightsAreFrozenInIt() throws Exception {
        Account lead = pages.account("Lena Lead", Role.LEAD);
        Project project = fixture.project(3);
        fixture.tasks(project, TASKS);
        Account adversary = fixture.reviewer();
        for (Account reviewer : List.of(fixture.reviewer(), fixture.reviewer(), adversary)) {
            for (var lease = desk.lease(reviewer, project); lease.isPresent(); lease = desk.lease(reviewer, project)) {
                desk.submit(reviewer, RatingFixture.prefer(lease.get(), better(lease.get(), reviewer != adversary)));
            }
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                fixture.count("delivered_rating where project_id = ?1", project.id)).isEqualTo(3 * TASKS));
        Snapshot same = snapshots.create(project);
        assertThat(same.aggregation).isEqualTo("mean-strength-v1");
        assertThat(SnapshotFile.manifest(snapshots.file(same))).isEmpty();

        as(lead).body(Map.of("policy", "reliability-v1")).put(at(project)).then().statusCode(200)
                .body("policy", equalTo("reliability-v1"), "reviewers", hasSize(3));
        Snapshot weighed = snapshots.create(projects.require(project.slug));
        assertThat(weighed.digest).isNotEqualTo(same.digest);
        assertThat(weighed.aggregation).isEqualTo("reliability-v1");
        byte[] content = Files.readAllBytes(snapshots.file(weighed));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                .isEqualTo(weighed.digest);
        Optional<SnapshotManifest> manifest = SnapshotFile.manifest(snapshots.file(weighed));
        assertThat(manifest).hasValueSatisfying(told -> {
            assertThat(told.weights()).isEqualTo("dawid-skene-v1");
            assertThat(told.reviewers()).hasSize(3).filteredOn(one -> one.weight() == 0)
                    .extracting(ReviewerWeight::reviewer).containsExactly(adversary.pseudonym);
        });
        assertThat(fixture.count("snapshot_reviewer where snapshot_id = ?1", weighed.id)).isEqualTo(3);
        double agreed = manifest.orElseThrow().reviewers().stream().mapToDouble(ReviewerWeight::weight).sum() / 3;
        assertThat(SnapshotFile.read(snapshots.file(weighed))).hasSize(TASKS).allSatisfy(pair -> {
            assertThat(pair.chosen()).isEqualTo("On its way.");
            assertThat(pair.weight()).isCloseTo(agreed, within(1e-9));
        });
        assertThat(snapshots.create(projects.require(project.slug)).id).isEqualTo(weighed.id);

        as(lead).body(Map.of("policy", "mean-strength-v1")).put(at(project)).then().statusCode(200);
        assertThat(snapshots.create(projects.require(project.slug)).id).isEqualTo(same.id);
    }

    @Test
    void whereMostAnswerAgainstTheTruthGoldTasksTellWhoCanBeReliedOn() throws Exception {
        Account lead = pages.account("Lena Lead", Role.LEAD);
        Project project = fixture.project(3);
        List<Long> tasks = fixture.tasks(project, 3 * TASKS);
        // The fixture's better answer stands first.
        tasks.subList(0, TASKS).forEach(task ->
                gold.set(project, task, Task.GOLD, RatingFixture.preference(-2), "", lead));
        routing.set(project, new RoutingSettings(0.5, true, 0, 0.8, 0.2));
        policies.choose(project, ReliableStrength.NAME);
        Account honest = fixture.reviewer();
        for (Account reviewer : List.of(fixture.reviewer(), honest, fixture.reviewer())) {
            for (var lease = desk.lease(reviewer, project); lease.isPresent(); lease = desk.lease(reviewer, project)) {
                UUID rating = UUID.randomUUID();
                desk.submit(reviewer, RatingFixture.submission(lease.get(), rating,
                        RatingFixture.preference(better(lease.get(), reviewer == honest))));
                if (tasks.indexOf(lease.get().taskId()) < TASKS) {
                    // They were told what was expected: a second thought says nothing of them.
                    desk.edit(reviewer, rating, RatingFixture.preference(better(lease.get(), true)));
                }
            }
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                fixture.count("pair where project_id = ?1", project.id)).isEqualTo(2 * TASKS));
        assertThat(policies.weights(projects.require(project.slug))).hasSize(3).allSatisfy(one -> {
            if (one.reviewer().equals(honest.pseudonym)) {
                // No task has the other class: what they would do there is taken from the crowd.
                assertThat(one.weight()).isGreaterThan(0.4);
            } else {
                assertThat(one.weight()).isZero();
            }
        });
        Snapshot snapshot = snapshots.create(projects.require(project.slug));
        assertThat(SnapshotFile.read(snapshots.file(snapshot))).hasSize(2 * TASKS)
                .allSatisfy(pair -> assertThat(pair.chosen()).isEqualTo("On its way."));
    }

    @Test
    void thePolicyIsALeadsChoiceAmongThoseThatThereAre() {
        Account lead = pages.account("Lena Lead", Role.LEAD);
        Project project = fixture.project(1);
        as(lead).get(at(project)).then().statusCode(200)
                .body("policy", equalTo("mean-strength-v1"), "policies", hasSize(2), "reviewers", hasSize(0));
        as(lead).body(Map.of("policy", "best-of-all")).put(at(project)).then().statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:unknown-policy"));
        as(pages.account("Rita Reviewer", Role.REVIEWER)).get(at(project)).then().statusCode(403);
        given().get(at(project)).then().statusCode(401);
    }

    /** Below 0 the first is better; the fixture's better answer is on its way. */
    private static int better(LeasedTask lease, boolean honest) {
        boolean first = lease.responses().get(0).text().startsWith("On its way");
        return first == honest ? -2 : 2;
    }

    private static String at(Project project) {
        return "/api/projects/" + project.slug + "/aggregation";
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
