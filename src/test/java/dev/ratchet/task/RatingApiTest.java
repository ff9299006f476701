package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.answers;
import static dev.ratchet.task.RatingFixture.preference;
import static dev.ratchet.task.RatingFixture.tie;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way of a rating through the programs' interface, and its refusals. */
@QuarkusTest
class RatingApiTest {
    private static final String PASSWORD = "correct horse";

    @Inject
    Accounts accounts;

    @Inject
    Projects projects;

    @Inject
    RatingFixture fixture;

    private String lead;
    private String reviewer;
    private String slug;

    @BeforeEach
    void makeProjectOverHttp() {
        lead = account(Role.LEAD);
        reviewer = account(Role.REVIEWER);
        slug = "p-" + UUID.randomUUID();
        as(lead).body(Map.of("slug", slug, "name", "Support", "overlap", 1)).post("/api/projects").then()
                .statusCode(201)
                .header("Location", containsString("/api/projects/" + slug))
                .body("slug", equalTo(slug), "instructionsVersion", equalTo(1), "questions[0].kind", equalTo("preference"),
                        "settings.retrainAfterPairs", notNullValue());
    }

    @Test
    void aLeadMakesTasksAndAReviewerRatesThem() {
        makeTasks(2);
        Response lease = as(reviewer).get("/api/projects/" + slug + "/queue/next");
        lease.then().statusCode(200).body("prompt[0].role", equalTo("user"), "responses[0].text", notNullValue(),
                "questions.name", contains("preference", "comment"));
        Map<String, Object> rating = rating(lease, preference(-2));
        Response rated = as(reviewer).body(rating).post("/api/ratings");
        rated.then().statusCode(200).body("revision", equalTo(1), "answers.preference.strength", equalTo(-2));
        assertThat(as(reviewer).body(rating).post("/api/ratings").then().statusCode(200).extract().asString())
                .isEqualTo(rated.asString());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> as(lead).get("/api/projects/" + slug + "/pairs")
                .then().statusCode(200).body("items", hasSize(1), "next", nullValue(),
                        "items[0].chosenResponseId", equalTo(lease.path("responses[0].responseId"))));
        as(reviewer).body(Map.of("answers", Map.of("preference", Map.of("verdict", "both_bad")))).put("/api/ratings/" + rating.get("ratingId")).then()
                .statusCode(200).body("revision", equalTo(2), "answers.preference.strength", nullValue());
        as(reviewer).get("/api/projects/" + slug + "/progress").then().statusCode(200)
                .body("ratedByMe", equalTo(1), "availableToMe", equalTo(1), "tasksTotal", equalTo(2));
        for (int press = 0; press < 2; press++) {
            as(reviewer).post("/api/projects/" + slug + "/queue/undo?rating=" + rating.get("ratingId")).then()
                    .statusCode(200).body("taskId", equalTo(lease.path("taskId")));
        }
        rating.put("ratingId", UUID.randomUUID().toString());
        as(reviewer).body(rating).post("/api/ratings").then().statusCode(200);
        as(reviewer).post("/api/projects/" + slug + "/queue/undo").then().statusCode(200)
                .body("taskId", equalTo(lease.path("taskId")));
        as(reviewer).post("/api/projects/" + slug + "/queue/undo").then().statusCode(204);
        as(reviewer).body(Map.of("reason", "Unclear")).post("/api/assignments/" + lease.path("assignmentId") + "/skip")
                .then().statusCode(204);
        as(reviewer).get("/api/projects/" + slug + "/queue/history").then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void whatCannotBeIsRefusedWithItsReason() {
        makeTasks(1);
        Response lease = as(reviewer).get("/api/projects/" + slug + "/queue/next");
        String other = account(Role.REVIEWER);
        as(other).get("/api/projects/" + slug + "/queue/next").then().statusCode(204);
        refused(as(other).body(rating(lease, tie())).post("/api/ratings"), 403, "not-leased");
        Map<String, Object> strange = rating(lease, preference(1));
        strange.put("responseIds", List.of(1, 999_999_999));
        refused(as(reviewer).body(strange).post("/api/ratings"), 422, "wrong-responses");
        for (String wrong : List.of("{'verdict': 'preference', 'strength': 4}", "{'verdict': 'great'}", "3",
                "{'verdict': 'preference', 'strength': 1.7}", "{'verdict': 'preference', 'strength': '1'}")) {
            refused(as(reviewer).body(rating(lease, answers("{'preference': " + wrong + "}"))).post("/api/ratings"),
                    422, "invalid-answers").body("detail", containsString("answers.preference"));
        }
        Map<String, Object> text = rating(lease, preference(1));
        text.put("taskId", "7");
        refused(as(reviewer).body(text).post("/api/ratings"), 400, "invalid-json")
                .body("errors[0].field", equalTo("taskId"));
        Map<String, Object> lacking = rating(lease, preference(1));
        lacking.remove("assignmentId");
        refused(as(reviewer).body(lacking).post("/api/ratings"), 422, "invalid-input")
                .body("errors[0].field", equalTo("assignmentId"));
        as(reviewer).body("{").post("/api/ratings").then().statusCode(400);
        as(reviewer).get("/api/projects/" + slug + "/progress").then().body("ratings", equalTo(0));
    }

    @Test
    void rolesAreHeld() {
        given().get("/api/projects").then().statusCode(401);
        as(reviewer).body(Map.of("slug", "x-" + UUID.randomUUID(), "name", "No", "overlap", 1)).post("/api/projects")
                .then().statusCode(403);
        as(reviewer).body(List.of()).post("/api/projects/" + slug + "/prompts").then().statusCode(403);
        as(reviewer).body(List.of()).post("/api/projects/" + slug + "/tasks").then().statusCode(403);
        as(reviewer).get("/api/projects/" + slug + "/pairs").then().statusCode(403);
        refused(as(reviewer).get("/api/projects/nowhere/queue/next"), 404, "unknown-project");
        refused(as(lead).body(Map.of("slug", slug, "name", "Again", "overlap", 1)).post("/api/projects"), 409,
                "slug-taken");
        refused(as(lead).body(Map.of("slug", "No Slug", "name", "", "overlap", 0)).post("/api/projects"), 422,
                "invalid-input").body("errors", hasSize(3));
    }

    @Test
    void listsComeInPages() {
        account(Role.REVIEWER);
        Response first = as(reviewer).get("/api/projects?limit=1");
        first.then().statusCode(200).body("items", hasSize(1));
        int cursor = 0;
        List<String> slugs = new ArrayList<>();
        for (Integer next = 0; next != null; cursor++) {
            Response page = as(reviewer).get("/api/projects?limit=200&after=" + next);
            slugs.addAll(page.jsonPath().getList("items.slug", String.class));
            next = page.jsonPath().get("next");
        }
        assertThat(slugs).contains(slug).doesNotHaveDuplicates();
        as(reviewer).get("/api/projects?limit=0").then().statusCode(422);
    }

    private void makeTasks(int count) {
        List<Map<String, Object>> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(Map.of("messages", List.of(Map.of("role", "user", "content", "Question " + i))));
        }
        List<Integer> ids = as(lead).body(prompts).post("/api/projects/" + slug + "/prompts").then().statusCode(200)
                .body("duplicates", hasSize(0)).extract().path("ids");
        Project project = projects.require(slug);
        ModelVersion version = fixture.version(project);
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int id : ids) {
            tasks.add(Map.of("promptId", id, "responseIds",
                    List.of(fixture.response(id, version, "One"), fixture.response(id, version, "Two"))));
        }
        as(lead).body(tasks).post("/api/projects/" + slug + "/tasks").then().statusCode(200)
                .body("ids", hasSize(count));
        tasks.set(0, Map.of("promptId", ids.get(0), "responseIds", List.of(1, 999_999_999)));
        refused(as(lead).body(tasks).post("/api/projects/" + slug + "/tasks"), 422, "invalid-task");
    }

    private static Map<String, Object> rating(Response lease, JsonNode answers) {
        Map<String, Object> rating = new HashMap<>();
        rating.put("assignmentId", lease.path("assignmentId"));
        rating.put("ratingId", UUID.randomUUID().toString());
        rating.put("taskId", lease.path("taskId"));
        rating.put("responseIds", lease.path("responses.responseId"));
        rating.put("answers", answers);
        rating.put("activeMillis", 900);
        return rating;
    }

    private static io.restassured.response.ValidatableResponse refused(Response response, int status, String type) {
        return response.then().statusCode(status).contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:" + type), "detail", notNullValue());
    }

    private String account(String role) {
        String login = role + UUID.randomUUID();
        return accounts.create(new NewAccount(login, login, PASSWORD, role)).login;
    }

    private static RequestSpecification as(String login) {
        return given().auth().preemptive().basic(login, PASSWORD).contentType(ContentType.JSON);
    }
}
