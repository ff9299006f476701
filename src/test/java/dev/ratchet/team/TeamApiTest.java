package dev.ratchet.team;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.LeasedTask;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members, groups and closed projects, by the API. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TeamApiTest {
    @Inject
    PageFixture fixture;

    @Inject
    RatingFixture ratings;

    @Inject
    RatingDesk desk;

    private Project project;
    private Account lead;
    private Account reviewer;

    @BeforeEach
    void make() {
        project = fixture.project("Support");
        lead = fixture.account("Lena Lead", Role.LEAD);
        reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
    }

    @Test
    void aLeadAddsChangesAndRemovesMembers() {
        as(lead).body(Map.of("login", reviewer.login, "tags", List.of("DE", "medicine", "de")))
                .post(path("/members")).then().statusCode(201)
                .body("role", equalTo(Role.REVIEWER)).body("tags", contains("de", "medicine"));
        as(lead).body(Map.of("login", reviewer.login)).post(path("/members")).then().statusCode(409)
                .body("type", equalTo("urn:ratchet:problem:already-member"));
        as(lead).get(path("/members")).then().statusCode(200).body("items.login", contains(reviewer.login));
        as(lead).body(Map.of("role", Role.LEAD, "tags", List.of("fr"))).patch(path("/members/" + reviewer.id)).then()
                .statusCode(200).body("role", equalTo(Role.LEAD)).body("tags", contains("fr"));
        as(lead).body(Map.of("tags", List.of())).patch(path("/members/" + reviewer.id)).then()
                .statusCode(200).body("role", equalTo(Role.LEAD)).body("tags", empty());
        as(lead).delete(path("/members/" + reviewer.id)).then().statusCode(204);
        as(lead).get(path("/members/" + reviewer.id)).then().statusCode(404);
        as(lead).delete(path("/members/" + reviewer.id)).then().statusCode(404);
    }

    @Test
    void whatCannotBeIsRefused() {
        as(lead).body(Map.of("login", "nobody-at-all")).post(path("/members")).then().statusCode(404);
        as(lead).body(Map.of("login", reviewer.login, "role", "administrator")).post(path("/members")).then()
                .statusCode(422).body("type", equalTo("urn:ratchet:problem:invalid-role"));
        for (String tag : List.of("two words", "", "a\u0000b", "<b>", "x".repeat(33))) {
            as(lead).body(Map.of("login", reviewer.login, "tags", List.of(tag))).post(path("/members")).then()
                    .statusCode(422).body("type", equalTo("urn:ratchet:problem:invalid-tags"));
        }
        as(lead).body("{}").post(path("/members")).then().statusCode(422);
        as(lead).body("{").post(path("/members")).then().statusCode(400);
        as(reviewer).get(path("/members")).then().statusCode(403);
        as(reviewer).body(Map.of("login", reviewer.login)).post(path("/members")).then().statusCode(403);
        given().get(path("/members")).then().statusCode(401);
        as(lead).get("/api/projects/no-such-project/members").then().statusCode(404);
    }

    @Test
    void aLeadOfTheProjectAloneAddsReviewersAndAppointsNobody() {
        add(reviewer, Role.LEAD);
        Account other = fixture.account("Otto", Role.REVIEWER);
        as(reviewer).body(Map.of("login", other.login, "role", Role.LEAD)).post(path("/members")).then()
                .statusCode(403).body("type", equalTo("urn:ratchet:problem:cannot-appoint"));
        as(reviewer).body(Map.of("login", other.login)).post(path("/members")).then().statusCode(201);
        as(reviewer).body(Map.of("role", Role.LEAD)).patch(path("/members/" + other.id)).then().statusCode(403);
        add(lead, Role.LEAD);
        as(reviewer).delete(path("/members/" + lead.id)).then().statusCode(403);
        as(reviewer).delete(path("/members/" + reviewer.id)).then().statusCode(204);
        as(reviewer).get(path("/members")).then().statusCode(403);
    }

    @Test
    void closingMakesALeadOfWhoClosesAndTheLastLeadStays() {
        as(reviewer).body(Map.of("open", false)).put(path("/open")).then().statusCode(403);
        as(lead).body(Map.of("open", false)).put(path("/open")).then().statusCode(204);
        as(reviewer).get(path("")).then().statusCode(403);
        as(lead).get(path("/members")).then().body("items.login", contains(lead.login))
                .body("items.role", contains(Role.LEAD));
        as(lead).body(Map.of("role", Role.REVIEWER)).patch(path("/members/" + lead.id)).then().statusCode(409)
                .body("type", equalTo("urn:ratchet:problem:last-lead"));
        as(lead).delete(path("/members/" + lead.id)).then().statusCode(409);
        as(lead).body(Map.of("open", true)).put(path("/open")).then().statusCode(204);
        as(lead).delete(path("/members/" + lead.id)).then().statusCode(204);
    }

    @Test
    void whoIsShutOutLosesOpenLeasesAndCannotChangeOldRatings() {
        ratings.tasks(project, 2);
        add(reviewer, Role.REVIEWER);
        var rated = desk.submit(reviewer, RatingFixture.prefer(desk.lease(reviewer, project).orElseThrow(), 2));
        LeasedTask held = desk.lease(reviewer, project).orElseThrow();
        as(lead).body(Map.of("open", false)).put(path("/open")).then().statusCode(204);
        Map<String, Object> submission = new HashMap<>(Map.of("assignmentId", held.assignmentId(),
                "ratingId", UUID.randomUUID(), "taskId", held.taskId(),
                "responseIds", RatingFixture.shown(held), "activeMillis", 1_000,
                "answers", Map.of("preference", Map.of("verdict", "tie"))));
        as(reviewer).get(path("/queue/next")).then().statusCode(200);
        as(lead).delete(path("/members/" + reviewer.id)).then().statusCode(204);
        as(reviewer).body(submission).post("/api/ratings").then().statusCode(409)
                .body("type", equalTo("urn:ratchet:problem:lease-expired"));
        as(reviewer).body(Map.of("answers", Map.of("preference", Map.of("verdict", "tie"))))
                .put("/api/ratings/" + rated.ratingId()).then().statusCode(403)
                .body("type", equalTo("urn:ratchet:problem:not-a-member"));
    }

    @Test
    void groupsAreMadeRenamedFilledAndDeleted() {
        add(reviewer, Role.REVIEWER);
        Account other = fixture.account("Otto", Role.REVIEWER);
        add(other, Role.REVIEWER);
        Integer id = as(lead).body(Map.of("name", "Doctors", "tags", List.of("medicine"),
                        "members", List.of(reviewer.id)))
                .post(path("/groups")).then().statusCode(201).body("members", hasSize(1)).extract().path("id");
        as(lead).body(Map.of("name", "Doctors")).post(path("/groups")).then().statusCode(409);
        as(lead).body(Map.of("name", "Nurses", "members", List.of(reviewer.id, other.id)))
                .patch(path("/groups/" + id)).then().statusCode(200)
                .body("name", equalTo("Nurses")).body("tags", contains("medicine"))
                .body("members", containsInAnyOrder(reviewer.id.intValue(), other.id.intValue()));
        as(lead).get(path("/members/" + other.id)).then().body("groups", contains(id));
        as(lead).delete(path("/members/" + other.id)).then().statusCode(204);
        as(lead).get(path("/groups/" + id)).then().body("members", contains(reviewer.id.intValue()));
        as(lead).body(Map.of("members", List.of(other.id))).patch(path("/groups/" + id)).then().statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:not-in-team"));
        as(lead).body(Map.of("name", " ")).post(path("/groups")).then().statusCode(422);
        as(lead).body(Map.of("name", "a\u0000")).post(path("/groups")).then().statusCode(422);
        Project elsewhere = fixture.project("Elsewhere");
        as(lead).get("/api/projects/" + elsewhere.slug + "/groups/" + id).then().statusCode(404);
        as(lead).delete("/api/projects/" + elsewhere.slug + "/groups/" + id).then().statusCode(404);
        as(reviewer).get(path("/groups")).then().statusCode(403);
        as(lead).delete(path("/groups/" + id)).then().statusCode(204);
        as(lead).get(path("/groups")).then().body("$", empty());
    }

    private void add(Account account, String role) {
        as(lead).body(Map.of("login", account.login, "role", role)).post(path("/members")).then().statusCode(201);
    }

    private String path(String below) {
        return "/api/projects/" + project.slug + below;
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
