package dev.ratchet.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import io.quarkus.security.Authenticated;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** Programs read every list part by part, by filters that exist; the description names everything they can call. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ListsTest {
    private static final Map<Class<? extends Annotation>, String> VERBS = Map.of(GET.class, "get", POST.class, "post",
            PUT.class, "put", PATCH.class, "patch", DELETE.class, "delete");
    private static final List<Class<? extends Annotation>> RULES =
            List.of(RolesAllowed.class, Authenticated.class, PermitAll.class, DenyAll.class);

    private static final List<String> LISTS = List.of("/prompts", "/tasks", "/ratings", "/pairs", "/snapshots",
            "/versions", "/runs", "/evaluations", "/members", "/imports", "/audit");

    @Inject
    PageFixture fixture;

    @Inject
    RatingFixture ratings;

    @Inject
    RatingDesk desk;

    @Test
    void everyListIsReadPartByPartAndEachThingStandsInItOnce() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 5);
        fixture.history(project);
        Account other = ratings.reviewer();
        for (Account reviewer : List.of(lead, other)) {
            for (var lease = desk.lease(reviewer, project); lease.isPresent(); lease = desk.lease(reviewer, project)) {
                desk.submit(reviewer, RatingFixture.preferSmaller(lease.get(), true));
            }
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                ratings.count("delivered_rating where project_id = ?1", project.id)).isEqualTo(10));
        String at = "/api/projects/" + project.slug;
        as(lead).contentType("application/json").post(at + "/snapshots").then().statusCode(201);
        assertThat(all(lead, at + "/prompts", "id")).hasSize(5).doesNotHaveDuplicates();
        assertThat(all(lead, at + "/tasks", "id")).hasSize(5).doesNotHaveDuplicates();
        assertThat(all(lead, at + "/ratings", "id")).hasSize(10).doesNotHaveDuplicates();
        assertThat(all(lead, at + "/snapshots", "id")).hasSize(1);
        assertThat(all(lead, at + "/versions", "id")).hasSize(5).doesNotHaveDuplicates();
        assertThat(all(lead, at + "/runs", "id")).hasSize(8).doesNotHaveDuplicates();
        assertThat(all(lead, at + "/evaluations", "id")).hasSize(2).doesNotHaveDuplicates();
        for (Account each : List.of(lead, other, ratings.reviewer())) {
            ratings.member(project, each, each == other ? "fr" : "de");
        }
        ratings.group(project, "Doctors", List.of("medicine"), other);
        assertThat(all(lead, at + "/members", "accountId")).hasSize(3).doesNotHaveDuplicates();
        for (int i = 0; i < 3; i++) {
            as(lead).contentType("text/csv").body("prompt\nHello " + i + "\n").post(at + "/imports?name=" + i + ".csv")
                    .then().statusCode(201);
        }
        assertThat(all(lead, at + "/imports", "id")).hasSize(3).doesNotHaveDuplicates();
        long pairs = ratings.count("pair where project_id = ?1", project.id);
        assertThat(all(lead, at + "/pairs", "id")).hasSize((int) pairs).doesNotHaveDuplicates();

        as(lead).get(at + "/ratings?reviewer=" + other.pseudonym).then().statusCode(200).body("items", hasSize(5),
                "items.reviewer.unique()", equalTo(List.of(other.pseudonym.toString())), "next", nullValue());
        as(lead).get(at + "/ratings?withdrawn=true").then().body("items", hasSize(0));
        as(lead).get(at + "/ratings?since=2100-01-01T00:00:00Z").then().body("items", hasSize(0));
        as(lead).get(at + "/tasks?status=complete").then().body("items", hasSize(5));
        as(lead).get(at + "/tasks?status=open").then().body("items", hasSize(0));
        List<Integer> ids = as(lead).get(at + "/tasks").path("items.id");
        ratings.run("update task set tags = '{de,medicine}' where id = ?1", ids.get(0));
        ratings.run("update task set purpose = 'gold' where id = ?1", ids.get(1));
        as(lead).get(at + "/tasks?tag=medicine").then().body("items.id", equalTo(ids.subList(0, 1)),
                "items[0].tags", equalTo(List.of("de", "medicine")));
        as(lead).get(at + "/tasks?tag=medic").then().body("items", hasSize(0));
        as(lead).get(at + "/tasks?purpose=gold").then().body("items.id", equalTo(ids.subList(1, 2)),
                "items[0].purpose", equalTo("gold"));
        as(lead).get(at + "/evaluations?decision=pass&promoted=true").then()
                .body("items.decision.unique()", equalTo(List.of("pass")));
        as(lead).get(at + "/evaluations?since=2100-01-01T00:00:00Z").then().body("items", hasSize(0));
        as(lead).get(at + "/members?tag=fr").then().body("items.login", equalTo(List.of(other.login)));
        as(lead).get(at + "/members?tag=medicine").then().body("items.login", equalTo(List.of(other.login)));
        as(lead).get(at + "/members?group=" + as(lead).get(at + "/groups").path("[0].id")).then()
                .body("items.login", equalTo(List.of(other.login)));
        as(lead).get(at + "/members?role=lead").then().body("items", hasSize(0));
        as(lead).get(at + "/imports?status=failed").then().body("items", hasSize(0));
        as(lead).get(at + "/imports?since=2000-01-01T00:00:00Z").then().body("items", hasSize(3));
        int train = as(lead).get(at + "/prompts?split=train").path("items.size()");
        int heldOut = as(lead).get(at + "/prompts?split=eval").path("items.size()");
        assertThat(train + heldOut).isEqualTo(5);
        as(lead).get(at + "/versions?kind=reward").then().body("items", hasSize(2));
        as(lead).get(at + "/runs?kind=preference&status=running").then().body("items", hasSize(1));
        as(lead).get(at + "/pairs?source=import").then().body("items", hasSize(0));
    }

    @Test
    void whatCannotBeAskedForIsRefusedWithWhatCan() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.project("Nothing yet");
        String at = "/api/projects/" + project.slug;
        for (String list : LISTS) {
            as(lead).get(at + list + "?colour=red").then().statusCode(422)
                    .body("type", equalTo("urn:ratchet:problem:unknown-filter"), "detail", containsString("limit"));
            as(lead).get(at + list + "?limit=0").then().statusCode(422);
            as(lead).get(at + list + "?limit=all").then().statusCode(422)
                    .body("type", equalTo("urn:ratchet:problem:invalid-parameter"))
                    .body("detail", containsString("'limit'"));
            as(lead).get("/api/projects/nowhere" + list).then().statusCode(404);
            given().get(at + list).then().statusCode(401);
            as(fixture.account("Rita Reviewer", Role.REVIEWER)).get(at + list).then().statusCode(403);
        }
        as(lead).get(at + "/tasks?status=lost").then().statusCode(422)
                .body("detail", containsString("[open, complete]"));
        as(lead).get(at + "/ratings?reviewer=Rita").then().statusCode(422).body("detail", containsString("UUID"));
        as(lead).get(at + "/ratings?since=yesterday").then().statusCode(422).body("detail", containsString("moment"));
        as(lead).get(at + "/ratings?after=7").then().statusCode(422);
        as(lead).get(at + "/tasks?prompt=x").then().statusCode(422);
        as(lead).get(at + "/tasks?purpose=fun").then().statusCode(422).body("detail", containsString("calibration"));
        as(lead).urlEncodingEnabled(false).get(at + "/tasks?tag=a%00b").then().statusCode(422);
        as(lead).get(at + "/evaluations?decision=maybe").then().statusCode(422)
                .body("detail", containsString("undecided"));
        as(lead).get(at + "/members?group=Doctors").then().statusCode(422);
        as(lead).get(at + "/imports?status=lost").then().statusCode(422).body("detail", containsString("receiving"));
        as(lead).get("/api/projects?colour=red").then().statusCode(422);
        as(lead).contentType("application/json").post(at + "/snapshots").then().statusCode(409);
    }

    @Test
    void theDescriptionNamesEveryCallAndEachHasARule() {
        JsonPath description = as(fixture.account("Lena Lead", Role.LEAD))
                .get("/api/openapi?format=json").then().statusCode(200).extract().jsonPath();
        Map<String, Map<String, Object>> paths = description.getMap("paths");
        List<String> missing = new ArrayList<>();
        List<String> open = new ArrayList<>();
        JavaClasses product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.ratchet");
        for (JavaClass type : product) {
            for (JavaMethod method : type.getMethods()) {
                VERBS.forEach((verb, name) -> {
                    if (!type.isAnnotatedWith(Path.class) || !method.isAnnotatedWith(verb)) {
                        return;
                    }
                    String path = path(type.getAnnotationOfType(Path.class).value(), method.isAnnotatedWith(Path.class)
                            ? method.getAnnotationOfType(Path.class).value() : "");
                    if (RULES.stream().noneMatch(rule -> method.isAnnotatedWith(rule) || type.isAnnotatedWith(rule))) {
                        open.add(name + " " + path);
                    }
                    boolean hidden = method.isAnnotatedWith(Operation.class)
                            && method.getAnnotationOfType(Operation.class).hidden();
                    if ((path.startsWith("/api/") || path.startsWith("/v1/")) && !hidden
                            && !paths.getOrDefault(path, Map.of()).containsKey(name)) {
                        missing.add(name + " " + path);
                    }
                });
            }
        }
        assertThat(missing).isEmpty();
        assertThat(open).isEmpty();
        assertThat(paths).containsKeys("/api/projects/{slug}/exports/{file}", "/api/projects/{slug}/ratings");
    }

    /** What a list can be asked for is in the description: the refusal of what it cannot names the same. */
    @Test
    void theDescriptionNamesEveryFilterOfEveryList() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.project("Nothing yet");
        JsonPath description = as(lead).get("/api/openapi?format=json").jsonPath();
        for (String list : LISTS) {
            String refused = as(lead).get("/api/projects/" + project.slug + list + "?colour=red").path("detail");
            List<String> can = List.of(refused.substring(refused.lastIndexOf('[') + 1, refused.lastIndexOf(']'))
                    .split(", "));
            List<String> named = description.getList(
                    "paths.'/api/projects/{slug}" + list + "'.get.parameters.findAll { it.in == 'query' }.name");
            assertThat(named).as(list).containsExactlyInAnyOrderElementsOf(can);
        }
    }

    private static String path(String type, String method) {
        String path = ("/" + type + "/" + method).replaceAll("/+", "/").replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** A field of all items, read two at a time. */
    private List<String> all(Account account, String list, String field) {
        List<String> values = new ArrayList<>();
        Object next = null;
        do {
            JsonPath part = as(account).get(list + "?limit=2" + (next == null ? "" : "&after=" + next)).then()
                    .statusCode(200).extract().jsonPath();
            part.getList("items").forEach(item -> values.add(String.valueOf(((Map<?, ?>) item).get(field))));
            next = part.get("next");
        } while (next != null);
        return values;
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD);
    }
}
