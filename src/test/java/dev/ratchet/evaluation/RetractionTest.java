package dev.ratchet.evaluation;

import static dev.ratchet.task.RatingFixture.prefer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.dataset.Pair;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.project.Team;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.Assignment;
import dev.ratchet.task.Rated;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.training.Run;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lead takes out counts no more, and everything that was made from it says so. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RetractionTest {
    @Inject
    PageFixture pages;

    @Inject
    RatingFixture fixture;

    @Inject
    RatingDesk desk;

    @Inject
    Snapshots snapshots;

    @Inject
    Aliases aliases;

    @Inject
    Team team;

    private Account lead;
    private Account reviewer;
    private Project project;
    private List<Rated> ratings;

    @BeforeEach
    void aReviewerRatesThreeTasksThatBecomePairs() {
        lead = pages.account("Lena Lead", Role.LEAD);
        reviewer = pages.account("Rita Reviewer", Role.REVIEWER);
        project = fixture.project(1);
        fixture.tasks(project, 3);
        ratings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ratings.add(desk.submit(reviewer, prefer(desk.lease(reviewer, project).orElseThrow(), 2)));
        }
        awaitPairs(3);
    }

    @Test
    void aRetractedRatingLosesItsPairMarksWhatUsedItAndLeavesItsTaskToOthers() {
        Snapshot snapshot = snapshots.create(project);
        ModelVersion trained = trained(snapshot);
        Rated rating = ratings.get(0);
        Response first = as(lead).body(Map.of("reason", "Copied from a chat model"))
                .post("/api/ratings/" + rating.ratingId() + "/retraction");
        first.then().statusCode(200).body("ratingId", equalTo(rating.ratingId().toString()),
                "reviewer", equalTo(reviewer.pseudonym.toString()), "author", equalTo(lead.pseudonym.toString()),
                "reason", equalTo("Copied from a chat model"), "effect.snapshots", hasSize(1),
                "effect.versions[0].name", equalTo(trained.name), "effect.versions[0].champion", equalTo(true));
        awaitPairs(2);
        as(lead).body(Map.of("reason", "Again")).post("/api/ratings/" + rating.ratingId() + "/retraction").then()
                .statusCode(200).body("id", equalTo(first.path("id")), "reason", equalTo("Copied from a chat model"));
        assertThat(fixture.count("rating where id = ?1", rating.ratingId())).isEqualTo(2);
        assertThat(fixture.events(rating.ratingId())).hasSize(2).last().asString()
                .contains("\"withdrawn\":true").contains(reviewer.pseudonym.toString())
                .doesNotContain(reviewer.login).doesNotContain("Copied");

        assertThat(fixture.count("assignment where id = ?1 and status = 'retracted' and skip_reason is null",
                lease(rating))).isEqualTo(1);
        refused(as(reviewer).body(Map.of("reason", "x")).post("/api/assignments/" + lease(rating) + "/skip"), 409,
                "rating-retracted");
        assertThat(desk.lease(reviewer, project)).isEmpty();
        assertThat(desk.lease(fixture.reviewer(), project)).hasValueSatisfying(
                lease -> assertThat(lease.taskId()).isEqualTo(rating.taskId()));
        as(reviewer).body(Map.of("answers", RatingFixture.preference(1))).put("/api/ratings/" + rating.ratingId())
                .then().statusCode(409);

        Document version = Visitor.of(lead).page("/versions/" + trained.id);
        assertThat(version.select("#retracted").text()).contains("Trained on 1 ratings that were retracted");
        assertThat(Visitor.of(lead).page("/runs/" + trained.runId).text()).contains("1 of its ratings were retracted");
        assertThat(Visitor.of(lead).page("/projects/" + project.slug + "/versions").select(".retracted")).hasSize(1);
        as(lead).get("/api/projects/" + project.slug + "/retractions").then().statusCode(200)
                .body("items", hasSize(1), "items[0].effect.ratings", equalTo(1));
        assertThat(snapshots.create(project).id).isNotEqualTo(snapshot.id);
    }

    @Test
    void aTaskStaysClosedWhereTheLeadSaysSo() {
        as(lead).body(Map.of("reason", "Enough others", "reopen", false))
                .post("/api/ratings/" + ratings.get(1).ratingId() + "/retraction").then().statusCode(200);
        assertThat(desk.lease(fixture.reviewer(), project)).isEmpty();
    }

    @Test
    void aLeadSeesWhatAllRatingsOfAReviewerReachBeforeTheyAreRetracted() {
        ModelVersion trained = trained(snapshots.create(project));
        Visitor visitor = Visitor.of(lead);
        Element link = visitor.page(retractions()).selectFirst("a[href*=reviewer]");
        assertThat(link.parent().parent().text()).contains("Rita Reviewer").contains("3");
        Document preview = visitor.page(link.attr("href"));
        assertThat(preview.select("#ratings").text()).isEqualTo("3");
        assertThat(preview.select("#pairs").text()).isEqualTo("3");
        assertThat(preview.select("#snapshots").text()).isEqualTo("1");
        assertThat(preview.select("#versions").text()).contains("1, the champion is among them").contains(trained.name);
        assertThat(fixture.count("retraction where project_id = ?1", project.id)).isZero();

        Element form = preview.selectFirst("#retract");
        Response silent = visitor.send(form, Map.of("reason", " "));
        assertThat(silent.statusCode()).isEqualTo(422);
        assertThat(silent.asString()).contains("Say why");
        Response done = visitor.send(form, Map.of("reason", "Answered without reading"));
        assertThat(done.statusCode()).isEqualTo(303);
        Document result = visitor.page(java.net.URI.create(done.header("Location")).getPath());
        assertThat(result.select("#versions").text()).contains(trained.name);
        assertThat(result.text()).contains("Answered without reading").contains("Lena Lead");
        awaitPairs(0);

        as(lead).body(Map.of("reason", "Again"))
                .post("/api/projects/" + project.slug + "/reviewers/" + reviewer.id + "/retraction").then()
                .statusCode(200).body("reason", equalTo("Answered without reading"), "effect.ratings", equalTo(3));
        assertThat(fixture.count("retraction where project_id = ?1", project.id)).isEqualTo(1);
        assertThat(fixture.count("rating where account_id = ?1", reviewer.id)).isEqualTo(6);
    }

    @Test
    void whatCannotBeRetractedIsRefused() {
        UUID rating = ratings.get(2).ratingId();
        refused(as(lead).body(Map.of("reason", "x")).post("/api/ratings/" + UUID.randomUUID() + "/retraction"), 404,
                "unknown-rating");
        refused(as(lead).body(Map.of("reason", " ")).post("/api/ratings/" + rating + "/retraction"), 422,
                "invalid-reason");
        refused(as(lead).body(Map.of("reason", "a\0b")).post("/api/ratings/" + rating + "/retraction"), 422,
                "invalid-reason");
        as(lead).body(Map.of()).post("/api/ratings/" + rating + "/retraction").then().statusCode(422);
        desk.undo(reviewer, project);
        refused(as(lead).body(Map.of("reason", "x")).post("/api/ratings/" + rating + "/retraction"), 409,
                "rating-withdrawn");
        Account idle = pages.account("Ida Idle", Role.REVIEWER);
        refused(as(lead).body(Map.of("reason", "x"))
                .post("/api/projects/" + project.slug + "/reviewers/" + idle.id + "/retraction"), 409,
                "nothing-to-retract");
        refused(as(lead).body(Map.of("reason", "x"))
                .post("/api/projects/" + project.slug + "/reviewers/999999999/retraction"), 404, "no-such-account");
        assertThat(fixture.count("retraction where project_id = ?1", project.id)).isZero();
    }

    @Test
    void itIsABusinessOfTheProjectsLead() {
        UUID rating = ratings.get(0).ratingId();
        given().contentType(ContentType.JSON).body(Map.of("reason", "x"))
                .post("/api/ratings/" + rating + "/retraction").then().statusCode(401);
        as(reviewer).body(Map.of("reason", "x")).post("/api/ratings/" + rating + "/retraction").then().statusCode(403);
        as(reviewer).get("/api/projects/" + project.slug + "/retractions").then().statusCode(403);
        assertThat(Visitor.of(reviewer).get(retractions()).statusCode()).isEqualTo(403);
        Account stranger = pages.account("Sue Stranger", Role.LEAD);
        team.setOpen(project, lead, false);
        refused(as(stranger).body(Map.of("reason", "x")).post("/api/ratings/" + rating + "/retraction"), 403,
                "not-a-member");
        Project other = fixture.project(1);
        assertThat(Visitor.of(stranger).get("/projects/" + other.slug + "/retractions/new?rating=" + rating)
                .statusCode()).isEqualTo(404);
    }

    private ModelVersion trained(Snapshot snapshot) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Run run = new Run();
            run.projectId = project.id;
            run.kind = "reward";
            run.status = "succeeded";
            run.spec = Map.of();
            run.snapshotId = snapshot.id;
            run.triggeredBy = "pairs";
            run.stage = "Done";
            run.createdAt = Instant.now();
            run.persist();
            ModelVersion version = fixture.version(project);
            version.runId = run.id;
            ModelVersion managed = ModelVersion.findById(version.id);
            managed.runId = run.id;
            aliases.move(project, ModelAlias.CHAMPION, 0, managed, null, "test", "First");
            return managed;
        });
    }

    private String retractions() {
        return "/projects/" + project.slug + "/retractions";
    }

    private void awaitPairs(long count) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(QuarkusTransaction.requiringNew()
                .call(() -> Pair.count("projectId", project.id))).isEqualTo(count));
    }

    private static UUID lease(Rated rating) {
        return QuarkusTransaction.requiringNew().call(() ->
                Assignment.<Assignment>find("taskId = ?1 and status = 'retracted'", rating.taskId()).firstResult().id);
    }

    private static void refused(Response response, int status, String type) {
        response.then().statusCode(status).body("type", equalTo("urn:ratchet:problem:" + type), "detail",
                notNullValue());
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
