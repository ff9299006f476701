package dev.ratchet.task;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.ratchet.project.Project;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routing through the programs' interface, and its refusals. */
@QuarkusTest
class RoutingApiTest {
    private static final String PASSWORD = "correct horse";

    @Inject
    Accounts accounts;

    @Inject
    RatingFixture fixture;

    private String lead;
    private String reviewer;
    private Project project;
    private List<Long> tasks;

    @BeforeEach
    void makeTasks() {
        lead = account(Role.LEAD);
        reviewer = account(Role.REVIEWER);
        project = fixture.project(1);
        tasks = fixture.tasks(project, 3);
    }

    @Test
    void aLeadChangesTasksInBulk() {
        as(lead).body(Map.of("tasks", tasks.subList(1, 3), "set", Map.of("priority", 4, "tags", List.of("de"),
                        "accounts", List.of(reviewer)))).patch(path()).then()
                .statusCode(200).body("changed", equalTo(2));
        as(lead).body(Map.of("tag", "de", "set", Map.of("overlap", 2))).patch(path()).then()
                .statusCode(200).body("changed", equalTo(2));
        as(lead).get(path() + "/routing?tag=de&limit=1").then().statusCode(200).body("items", hasSize(1),
                "items[0].id", equalTo(tasks.get(1).intValue()), "items[0].priority", equalTo(4),
                "items[0].overlap", equalTo(2), "items[0].accounts", contains(reviewer), "next", equalTo(tasks.get(1).intValue()));
        as(lead).get(path() + "/routing?tag=de&after=" + tasks.get(1)).then().body("items", hasSize(1));
        as(lead).body(Map.of("all", true, "set", Map.of("priority", 1))).patch(path()).then()
                .statusCode(200).body("changed", equalTo(3));
    }

    @Test
    void whatCannotBeIsRefused() {
        as(lead).body(Map.of("set", Map.of("priority", 4))).patch(path()).then()
                .statusCode(422).body("type", containsString("no-filter"));
        as(lead).body(Map.of("status", "lost", "set", Map.of("priority", 4))).patch(path()).then()
                .statusCode(422).body("detail", containsString("status must be one of"));
        as(lead).body(Map.of("all", true)).patch(path()).then().statusCode(422);
        as(lead).queryParam("text", "\0").get(path() + "/routing").then().statusCode(422);
        as(reviewer).body(Map.of("all", true, "set", Map.of("priority", 4))).patch(path()).then().statusCode(403);
        as(reviewer).get(path() + "/routing").then().statusCode(403);
        given().get(path() + "/routing").then().statusCode(401);
        as(lead).get("/api/projects/none/tasks/routing").then().statusCode(404);
    }

    @Test
    void theMixOfAQueueIsSetByALead() {
        String at = "/api/projects/" + project.slug + "/routing";
        as(lead).get(at).then().statusCode(200).body("goldRate", equalTo(0.0f), "calibrationTasks", equalTo(0));
        Map<String, Object> wanted = Map.of("goldRate", 0.1, "goldFeedback", true, "calibrationTasks", 5,
                "calibrationAccuracy", 0.8, "randomShare", 0.25);
        as(lead).body(wanted).put(at).then().statusCode(200);
        as(lead).get(at).then().body("goldRate", equalTo(0.1f), "calibrationTasks", equalTo(5), "randomShare", equalTo(0.25f));
        as(lead).body(Map.of("goldRate", 0.6)).put(at).then().statusCode(422)
                .body("detail", containsString("goldRate must be 0"));
        as(reviewer).get(at).then().statusCode(403);
        as(reviewer).body(wanted).put(at).then().statusCode(403);
    }

    private String path() {
        return "/api/projects/" + project.slug + "/tasks";
    }

    private String account(String role) {
        return accounts.create(new NewAccount("u" + UUID.randomUUID(), "Somebody", PASSWORD, role)).login;
    }

    private static RequestSpecification as(String login) {
        return given().auth().preemptive().basic(login, PASSWORD).contentType(ContentType.JSON)
                .header("Accept", "application/json");
    }
}
