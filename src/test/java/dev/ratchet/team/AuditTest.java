package dev.ratchet.team;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.AuditTrail;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who changed what people may do, when, and on whom: leads read it of their project, administrators of everything. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AuditTest {
    @Inject
    PageFixture fixture;

    private Project project;
    private Account lead;
    private Account reviewer;
    private Account administrator;

    @BeforeEach
    void make() {
        project = fixture.project("Support");
        lead = fixture.account("Lena Lead", Role.LEAD);
        reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        administrator = fixture.account("Ada", Role.ADMINISTRATOR);
    }

    @Test
    void everyChangeOfATeamIsWrittenDownOnce() {
        as(lead).body(Map.of("login", reviewer.login, "tags", List.of("de"))).post(path("/members")).then()
                .statusCode(201);
        as(lead).body(Map.of("role", Role.LEAD)).patch(path("/members/" + reviewer.id)).then().statusCode(200);
        as(lead).body(Map.of("role", Role.LEAD)).patch(path("/members/" + reviewer.id)).then().statusCode(200);
        as(lead).body(Map.of("tags", List.of("fr", "de"))).patch(path("/members/" + reviewer.id)).then()
                .statusCode(200);
        Integer group = as(lead).body(Map.of("name", "Doctors", "members", List.of(reviewer.id)))
                .post(path("/groups")).then().statusCode(201).extract().path("id");
        as(lead).body(Map.of("name", "Nurses", "members", List.of())).patch(path("/groups/" + group)).then()
                .statusCode(200);
        as(lead).body(Map.of("name", "Nurses", "members", List.of())).patch(path("/groups/" + group)).then()
                .statusCode(200);
        as(lead).delete(path("/groups/" + group)).then().statusCode(204);
        as(lead).body(Map.of("open", false)).put(path("/open")).then().statusCode(204);
        as(lead).body(Map.of("open", true)).put(path("/open")).then().statusCode(204);
        as(lead).delete(path("/members/" + reviewer.id)).then().statusCode(204);
        // What is refused leaves nothing behind.
        as(lead).delete(path("/members/" + reviewer.id)).then().statusCode(404);
        as(lead).body(Map.of("login", reviewer.login, "role", "king")).post(path("/members")).then().statusCode(422);

        assertThat(trail(lead, path("/audit"))).containsExactly(
                "member-added Lena>Rita {role=reviewer, tags=[de]}",
                "member-role-changed Lena>Rita {from=reviewer, to=lead}",
                "member-tags-changed Lena>Rita {from=[de], to=[de, fr]}",
                "group-made Lena>- {group=" + group + ", name=Doctors, tags=[]}",
                "group-joined Lena>Rita {group=" + group + ", name=Doctors}",
                "group-changed Lena>- {group=" + group + ", name=Nurses, tags=[]}",
                "group-left Lena>Rita {group=" + group + ", name=Nurses}",
                "group-deleted Lena>- {group=" + group + ", name=Nurses, tags=[]}",
                "project-closed Lena>- {}",
                "member-added Lena>Lena {role=lead, tags=[]}",
                "project-opened Lena>- {}",
                "member-removed Lena>Rita {role=lead}");
    }

    @Test
    void invitationsAreWrittenDownWithWhoCameInByThem() {
        String link = as(lead).body(Map.of("uses", 2)).post(path("/invitations")).then().statusCode(201)
                .extract().path("link");
        Integer invitation = as(lead).get(path("/invitations")).path("[0].id");
        String token = link.substring(link.lastIndexOf('/') + 1);
        as(reviewer).post("/api/invitations/" + token + "/join").then().statusCode(200);
        String login = "new-" + UUID.randomUUID();
        given().contentType(ContentType.JSON)
                .body(Map.of("login", login, "displayName", "Nina New", "password", "a long password"))
                .post("/api/invitations/" + token).then().statusCode(201);
        as(lead).delete(path("/invitations/" + invitation)).then().statusCode(204);
        as(lead).delete(path("/invitations/" + invitation)).then().statusCode(204);

        assertThat(trail(lead, path("/audit"))).containsExactly(
                "invitation-made Lena>- {days=7, invitation=" + invitation + ", role=reviewer, uses=2}",
                "member-added Rita>Rita {invitation=" + invitation + ", role=reviewer, tags=[]}",
                "member-added ->Nina {invitation=" + invitation + ", role=reviewer, tags=[]}",
                "invitation-revoked Lena>- {invitation=" + invitation + "}");
        as(administrator).get("/api/audit?account=" + login).then().statusCode(200)
                .body("items.action", contains("member-added", "account-made"))
                .body("items.project", contains(project.slug, null));
    }

    @Test
    void everyChangeOfAnAccountIsWrittenDown() {
        as(administrator).body(Map.of("role", Role.LEAD)).patch("/api/accounts/" + reviewer.id).then().statusCode(200);
        as(administrator).body(Map.of("role", Role.LEAD)).patch("/api/accounts/" + reviewer.id).then().statusCode(200);
        as(administrator).body(Map.of("disabled", true)).patch("/api/accounts/" + reviewer.id).then().statusCode(200);
        as(administrator).body(Map.of("disabled", false)).patch("/api/accounts/" + reviewer.id).then()
                .statusCode(200);
        Integer token = as(reviewer).body(Map.of("name", "export", "role", Role.REVIEWER, "days", 30))
                .post("/api/account/tokens").then().statusCode(201).extract().path("id");
        as(reviewer).delete("/api/account/tokens/" + token).then().statusCode(204);
        as(reviewer).body(Map.of("current", PageFixture.PASSWORD, "wanted", "another password"))
                .post("/api/account/password").then().statusCode(204);
        as(administrator).post("/api/accounts/" + reviewer.id + "/password").then().statusCode(200);

        assertThat(trail(administrator, "/api/audit", "account=" + reviewer.login)).containsExactly(
                "account-made ->Rita {role=reviewer}",
                "account-role-changed Ada>Rita {from=reviewer, to=lead}",
                "account-shut Ada>Rita {}",
                "account-opened Ada>Rita {}",
                "token-made Rita>Rita {days=30, role=reviewer, token=" + token + "}",
                "token-revoked Rita>Rita {token=" + token + "}",
                "password-changed Rita>Rita {}",
                "password-reset Ada>Rita {}");
    }

    @Test
    void aProgramsChangesAreToldFromAPersons() {
        String secret = as(lead).body(Map.of("name", "x", "role", Role.LEAD, "days", 1)).post("/api/account/tokens")
                .path("secret");
        given().header("Authorization", "Bearer " + secret).contentType(ContentType.JSON)
                .body(Map.of("login", reviewer.login)).post(path("/members")).then().statusCode(201);
        as(lead).delete(path("/members/" + reviewer.id)).then().statusCode(204);
        as(lead).get(path("/audit")).then().body("items.byToken", contains(false, true))
                .body("items.at", everyItem(notNullValue()));
    }

    @Test
    void theTrailIsReadPartByPartByFiltersThatExist() {
        for (int i = 0; i < 3; i++) {
            as(lead).body(Map.of("name", "Group " + i)).post(path("/groups")).then().statusCode(201);
        }
        as(administrator).body(Map.of("login", reviewer.login)).post(path("/members")).then().statusCode(201);
        assertThat(trail(lead, path("/audit"))).hasSize(4).doesNotHaveDuplicates();
        as(lead).get(path("/audit?action=group-made&limit=2")).then().body("items", hasSize(2))
                .body("next", notNullValue());
        as(lead).get(path("/audit?actor=" + administrator.login)).then()
                .body("items.action", contains("member-added"), "next", nullValue());
        as(lead).get(path("/audit?account=" + reviewer.login)).then().body("items", hasSize(1));
        as(lead).get(path("/audit?since=2100-01-01T00:00:00Z")).then().body("items", hasSize(0));
        as(lead).get(path("/audit?until=2000-01-01T00:00:00Z")).then().body("items", hasSize(0));
        as(lead).get(path("/audit?action=nothing")).then().statusCode(422)
                .body("detail", containsString("member-added"));
        as(lead).get(path("/audit?colour=red")).then().statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:unknown-filter"));
        as(lead).get(path("/audit?limit=0")).then().statusCode(422);
        as(lead).get(path("/audit?after=x")).then().statusCode(422);
    }

    @Test
    void leadsReadTheirProjectsTrailAloneAndReviewersNone() {
        as(reviewer).get(path("/audit")).then().statusCode(403);
        given().get(path("/audit")).then().statusCode(401);
        as(lead).get("/api/audit").then().statusCode(403);
        as(reviewer).get("/api/audit").then().statusCode(403);
        given().get("/api/audit").then().statusCode(401);
        assertThat(Visitor.of(lead).get("/accounts/audit").statusCode()).isEqualTo(403);
        assertThat(Visitor.of(reviewer).get("/projects/" + project.slug + "/team/audit").statusCode()).isEqualTo(403);
        Account other = fixture.account("Otto", Role.LEAD);
        as(administrator).body(Map.of("open", false)).put(path("/open")).then().statusCode(204);
        as(other).get(path("/audit")).then().statusCode(403);
    }

    @Test
    void bothListsDescribeTheSameFilters() {
        for (String path : List.of("/api/audit", "/api/projects/{slug}/audit")) {
            given().get("/api/openapi?format=json").then().statusCode(200)
                    .body("paths.'" + path + "'.get.parameters.findAll { it.in == 'query' }.name",
                            containsInAnyOrder(AuditTrail.FILTERS))
                    .body("paths.'" + path + "'.get.parameters.find { it.name == 'actor' }.description",
                            equalTo("Login of who did it"));
        }
    }

    @Test
    void pagesShowTheSameAndLeadFromPartToPart() {
        as(lead).body(Map.of("login", reviewer.login, "tags", List.of("de"))).post(path("/members"));
        for (int i = 0; i < 101; i++) {
            as(lead).body(Map.of("tags", List.of("t" + i))).patch(path("/members/" + reviewer.id));
        }
        Visitor visitor = Visitor.of(lead);
        String at = "/projects/" + project.slug + "/team";
        assertThat(visitor.page(at).select("a[href='" + at + "/audit']")).hasSize(1);
        Document newest = visitor.page(at + "/audit");
        assertThat(newest.select("tbody tr")).hasSize(100);
        assertThat(newest.selectFirst("tbody tr").text())
                .contains("Lena Lead", lead.login, "Languages and skills changed", "Rita Reviewer", "t99 → t100");
        Document oldest = visitor.page(at + "/audit" + newest.select("a[rel=next]").attr("href").split("audit")[1]);
        assertThat(oldest.select("tbody tr")).hasSize(2);
        assertThat(visitor.page(at + "/audit?action=member-added").select("tbody tr").text())
                .contains("Put into the team", "role reviewer", "tags de");
        assertThat(Visitor.of(administrator).page("/accounts/audit?account=" + reviewer.login + "&action=account-made")
                .select("tbody tr").text()).contains("a command", "Account made", "role reviewer");
    }

    private static List<String> trail(Account reader, String address) {
        return trail(reader, address, "limit=2");
    }

    /** Everything, oldest first, read two or so at a time. */
    private static List<String> trail(Account reader, String address, String query) {
        List<String> trail = new ArrayList<>();
        Object next = null;
        do {
            JsonPath part = as(reader).get(address + "?" + query + (next == null ? "" : "&after=" + next)).then()
                    .statusCode(200).extract().jsonPath();
            List<Map<String, Object>> items = part.getList("items");
            items.forEach(item -> trail.add(item.get("action") + " " + name(item.get("actor")) + ">"
                    + name(item.get("subject")) + " " + new TreeMap<>((Map<?, ?>) item.get("detail"))));
            next = part.get("next");
        } while (next != null);
        Collections.reverse(trail);
        return trail;
    }

    private static String name(Object person) {
        return person == null ? "-" : ((Map<?, ?>) person).get("name").toString().split(" ")[0];
    }

    private String path(String below) {
        return "/api/projects/" + project.slug + below;
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
