package dev.ratchet.project;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may rate and lead in a project, by account and by membership. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ProjectAccessTest {
    @Inject
    PageFixture fixture;

    @Inject
    Projects projects;

    private Project project;
    private Account reviewer;
    private Account lead;

    @BeforeEach
    void make() {
        project = projects.create(
                new NewProject("closed-" + UUID.randomUUID(), "Closed", "", "Be kind.", 2, null));
        reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        lead = fixture.account("Lena Lead", Role.LEAD);
    }

    @Test
    void anOpenProjectIsOpenToEveryAccountAndItsLeads() {
        as(reviewer).get(path("")).then().statusCode(200).body("open", equalTo(true));
        as(reviewer).get(path("/queue/next")).then().statusCode(204);
        addPrompt(reviewer, 403, "forbidden");
        addPrompt(lead, 200, null);
    }

    @Test
    void aClosedProjectIsForItsMembers() {
        close();
        for (Account stranger : new Account[] {reviewer, lead}) {
            for (String address : new String[] {"", "/queue/next", "/progress"}) {
                as(stranger).get(path(address)).then().statusCode(403)
                        .body("type", equalTo("urn:ratchet:problem:not-a-member"));
            }
            as(stranger).accept("text/html").get("/projects/" + project.slug).then().statusCode(403);
            as(stranger).accept("text/html").get("/projects/" + project.slug + "/rate").then().statusCode(403);
            assertThat(projects.list(stranger, stranger.role, project.id - 1, 500)).extracting(found -> found.slug)
                    .doesNotContain(project.slug);
        }
        addPrompt(lead, 403, "not-a-member");
        join(reviewer, Role.REVIEWER);
        as(reviewer).get(path("")).then().statusCode(200).body("open", equalTo(false));
        as(reviewer).get(path("/queue/next")).then().statusCode(204);
        assertThat(projects.list(reviewer, reviewer.role, project.id - 1, 500)).extracting(found -> found.slug)
                .contains(project.slug);
        addPrompt(reviewer, 403, "forbidden");
    }

    @Test
    void aMemberLeadsInTheirProjectAndInNoOther() {
        join(reviewer, Role.LEAD);
        addPrompt(reviewer, 200, null);
        as(reviewer).accept("text/html").get("/projects/" + project.slug + "/instructions").then().statusCode(200);
        Project other = projects.create(
                new NewProject("other-" + UUID.randomUUID(), "Other", "", "", 2, null));
        as(reviewer).accept("text/html").get("/projects/" + other.slug + "/instructions").then().statusCode(403);
        as(reviewer).contentType(ContentType.JSON).body("{}").post("/api/projects").then().statusCode(403);
    }

    @Test
    void inAClosedProjectMembershipSaysWhoLeads() {
        close();
        join(lead, Role.REVIEWER);
        addPrompt(lead, 403, "forbidden");
        addPrompt(fixture.account("Ada", Role.ADMINISTRATOR), 200, null);
    }

    @Test
    void whatHasAnAddressOfItsOwnBelongsToItsProject() {
        Project closed = fixture.projectWithTasks("Closed", 2);
        PageFixture.History history = fixture.history(closed);
        project = closed;
        Account insider = fixture.account("Ida", Role.REVIEWER);
        join(insider, Role.LEAD);
        List<String> addresses = List.of("/api/runs/" + history.finishedRun(), "/runs/" + history.finishedRun(),
                "/api/versions/" + history.promoted(), "/versions/" + history.promoted(),
                "/api/versions/" + history.promoted() + "/lineage");
        addresses.forEach(address -> as(lead).get(address).then().statusCode(200));
        addresses.forEach(address -> as(insider).get(address).then().statusCode(200));
        close();
        addresses.forEach(address -> as(insider).get(address).then().statusCode(200));
        addresses.forEach(address -> as(lead).get(address).then().statusCode(403)
                .body("type", equalTo("urn:ratchet:problem:not-a-member")));
        addresses.forEach(address -> as(reviewer).get(address).then().statusCode(403));
        as(lead).post("/api/runs/" + history.finishedRun() + "/cancel").then().statusCode(403);
        as(lead).get("/api/runs/0" + history.finishedRun()).then().statusCode(403);
        for (String other : List.of("+" + history.finishedRun(), "%2B" + history.finishedRun(),
                "%D9%A0" + history.finishedRun(), "%30" + history.finishedRun())) {
            assertThat(as(lead).urlEncodingEnabled(false).get("/api/runs/" + other).statusCode()).as(other)
                    .isIn(400, 403, 404);
        }
        String matrix = "/api/runs;a=b/" + history.finishedRun();
        assertThat(as(lead).urlEncodingEnabled(false).get(matrix).statusCode()).isIn(400, 403, 404);
        as(lead).get("/api/runs/999999999").then().statusCode(404);
    }

    @Test
    void anAddressThatIsReadInTwoWaysGrantsNothing() {
        close();
        join(reviewer, Role.LEAD);
        String escaped = "/api/projects/" + project.slug.replace("closed", "%63losed");
        assertThat(as(reviewer).urlEncodingEnabled(false).get(escaped).statusCode()).isIn(200, 400);
        assertThat(as(lead).urlEncodingEnabled(false).get(escaped).statusCode()).isIn(400, 403);
        String matrix = "/api/projects;a=b/" + project.slug;
        assertThat(as(lead).urlEncodingEnabled(false).get(matrix).statusCode()).isIn(400, 403, 404);
        String withMatrix = "/api/projects/" + project.slug + ";a=b";
        assertThat(as(lead).urlEncodingEnabled(false).get(withMatrix).statusCode()).isIn(400, 403, 404);
        String doubled = "//api//projects/" + project.slug;
        assertThat(as(lead).urlEncodingEnabled(false).get(doubled).statusCode()).isIn(400, 403, 404);
    }

    @Test
    void everyAddressBelowAProjectNamesItsSlugSoThatTheGuardSeesIt() {
        assertThat(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.ratchet").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(type -> type.getAnnotationOfType(Path.class).value())
                        .filter(address -> address.matches("/?(api/)?projects/[{].*")))
                .isNotEmpty()
                .allSatisfy(address -> assertThat(address).matches("/?(api/)?projects/[{]slug[}].*"));
    }

    private void close() {
        QuarkusTransaction.requiringNew().run(() -> Project.update("open = false where id = ?1", project.id));
    }

    private void join(Account account, String role) {
        QuarkusTransaction.requiringNew().run(() -> {
            Member member = new Member();
            member.projectId = project.id;
            member.accountId = account.id;
            member.role = role;
            member.tags = new String[] {"de"};
            member.joinedAt = Instant.now();
            member.persist();
        });
    }

    private void addPrompt(Account account, int status, String type) {
        var answer = as(account).contentType(ContentType.JSON)
                .body("[{\"messages\": [{\"role\": \"user\", \"content\": \"Hello " + UUID.randomUUID() + "\"}]}]")
                .post(path("/prompts")).then().statusCode(status);
        if (type != null) {
            answer.body("type", equalTo("urn:ratchet:problem:" + type));
        }
    }

    private String path(String below) {
        return "/api/projects/" + project.slug + below;
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD);
    }
}
