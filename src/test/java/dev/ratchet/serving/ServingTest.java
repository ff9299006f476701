package dev.ratchet.serving;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.ratchet.project.NewProject;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.project.Team;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.Manifest;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.TestFolders;
import dev.ratchet.registry.Versions;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.training.TinyPolicy;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ServingTest {
    private static final String PASSWORD = "correct horse";

    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    Projects projects;

    @Inject
    Accounts accounts;

    @Inject
    Team team;

    private final Path folder = TestFolders.create();

    private String login;
    private Project project;
    private ModelVersion first;
    private ModelVersion second;

    @BeforeEach
    void serveAModel() {
        login = "r" + UUID.randomUUID();
        accounts.create(new NewAccount(login, "A reviewer", PASSWORD, Role.REVIEWER));
        String slug = "p" + UUID.randomUUID().toString().replace("-", "");
        project = projects.create(new NewProject(slug, "A project", null, null, 1, null));
        Path model = TinyPolicy.save(folder.resolve("model"));
        first = versions.importFolder(
                project, ModelVersion.POLICY, null, model, Manifest.imported(ModelVersion.POLICY, "test"));
        second = versions.importFolder(
                project, ModelVersion.POLICY, null, model, Manifest.imported(ModelVersion.POLICY, "test"));
        aliases.move(project, ModelAlias.CHAMPION, 0, first, null, "test", "First");
    }

    @Test
    void theChampionAnswersAndTheResponseSaysWhichVersionWroteIt() {
        Response response = ask(Map.of("temperature", 0));
        response.then()
                .statusCode(200)
                .header("Ratchet-Version", ServedModels.fingerprint(first))
                .body("object", equalTo("chat.completion"))
                .body("system_fingerprint", equalTo(ServedModels.fingerprint(first)))
                .body("choices[0].message.role", equalTo("assistant"))
                .body("choices[0].finish_reason", equalTo("stop"));
        assertThat(response.jsonPath().getString("choices[0].message.content")).endsWith(".");
        assertThat(response.jsonPath().getInt("usage.completion_tokens")).isBetween(2, 63);
    }

    @Test
    void theNextRequestIsAnsweredByTheNextChampion() {
        ask(Map.of()).then().header("Ratchet-Version", ServedModels.fingerprint(first));
        aliases.move(project, ModelAlias.CHAMPION, 1, second, null, "test", "Second");
        ask(Map.of()).then().statusCode(200).header("Ratchet-Version", ServedModels.fingerprint(second));
        aliases.rollback(project, ModelAlias.CHAMPION, "test");
        ask(Map.of()).then().statusCode(200).header("Ratchet-Version", ServedModels.fingerprint(first));
    }

    @Test
    void theSameSeedGivesTheSameReply() {
        assertThat(text(Map.of("seed", 3))).isEqualTo(text(Map.of("seed", 3)));
        assertThat(List.of(text(Map.of("seed", 3)), text(Map.of("seed", 4)), text(Map.of("seed", 5)), text(Map.of("seed", 6)))
                        .stream()
                        .distinct()
                        .count())
                .isGreaterThan(1);
    }

    @Test
    void aStopTextAndAShortLengthEndTheReply() {
        assertThat(text(Map.of("temperature", 0, "stop", "."))).doesNotContain(".");
        ask(Map.of("max_tokens", 1)).then().statusCode(200).body("choices[0].finish_reason", equalTo("length"));
    }

    @Test
    void championsAndVersionsAreListed() {
        caller().get("/v1/models").then()
                .statusCode(200)
                .body("data.id", hasItems(project.slug, project.slug + "/policy-1", project.slug + "/policy-2"));
    }

    @Test
    void aPromptLongerThanTheContextIsRefused() {
        ask(Map.of("messages", List.of(Map.of("role", "user", "content", "lamp ".repeat(100))))).then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:context-length"))
                .body("error.code", equalTo("context-length"))
                .body("error.message", containsString("context holds 96"));
    }

    @Test
    void aConversationThatTheModelsTemplateRefusesIsRefusedInItsWords() throws IOException {
        Path strict = TinyPolicy.save(folder.resolve("strict"));
        Files.writeString(strict.resolve("chat_template.jinja"), "{% for m in messages %}{% if m.role == 'system' %}"
                + "{{ raise_exception('System turns are not supported') }}{% endif %}{{ m.content }}{% endfor %}");
        ModelVersion version = versions.importFolder(
                project, ModelVersion.POLICY, null, strict, Manifest.imported(ModelVersion.POLICY, "test"));
        ask(Map.of(
                        "model", project.slug + "/" + version.name,
                        "messages", List.of(Map.of("role", "system", "content", "Be kind."),
                                Map.of("role", "user", "content", "Hi"))))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("error.code", equalTo("chat-template"))
                .body("error.message", equalTo("System turns are not supported"));
    }

    @Test
    void whatIsNotSupportedIsRefusedInOpenAisShape() {
        ask(Map.of("stream", true)).then().statusCode(400).body("error.param", equalTo("stream"));
        ask(Map.of("n", 2)).then().statusCode(400).body("error.param", equalTo("n"));
        ask(Map.of("temperature", -1)).then().statusCode(400).body("error.param", equalTo("temperature"));
        ask(Map.of("top_p", 0)).then().statusCode(400).body("error.param", equalTo("top_p"));
        ask(Map.of("max_tokens", 0)).then().statusCode(400).body("error.param", equalTo("max_tokens"));
        ask(Map.of("messages", List.of())).then().statusCode(400).body("error.param", equalTo("messages"));
        ask(Map.of("messages", List.of(Map.of("role", "wizard", "content", "x")))).then()
                .statusCode(400)
                .body("error.param", equalTo("messages[0].role"));
        ask(Map.of("model", "nobody")).then().statusCode(404).body("error.code", equalTo("model-not-found"));
    }

    @Test
    void strangersAreNotServed() {
        given().contentType(ContentType.JSON).body(Map.of("model", project.slug)).post("/v1/chat/completions").then()
                .statusCode(401);
        given().get("/v1/models").then().statusCode(401);
    }

    @Test
    void aClosedProjectsModelsAnswerItsTeamAlone() {
        Account member = account(Role.REVIEWER);
        Account memberWhoLeads = account(Role.REVIEWER);
        Account administrator = account(Role.ADMINISTRATOR);
        Account leadElsewhere = account(Role.LEAD);
        team.add(project, administrator, member.login, Role.REVIEWER, List.of());
        team.add(project, administrator, memberWhoLeads.login, Role.LEAD, List.of());
        served(login);
        team.setOpen(project, administrator, false);
        for (String stranger : List.of(login, leadElsewhere.login)) {
            refused(stranger);
        }
        for (Account each : List.of(member, memberWhoLeads, administrator)) {
            served(each.login);
        }
        team.remove(project, administrator, member.id);
        refused(member.login);
    }

    /** The account's password opens the models, and so does a token of it. */
    private void served(String login) {
        for (RequestSpecification caller : waysIn(login)) {
            caller.get("/v1/models").then().statusCode(200)
                    .body("data.id", hasItems(project.slug, project.slug + "/policy-1", project.slug + "/policy-2"));
            ask(caller, Map.of("max_tokens", 1)).then().statusCode(200);
        }
    }

    private void refused(String login) {
        for (RequestSpecification caller : waysIn(login)) {
            caller.get("/v1/models").then().statusCode(200)
                    .body("data.id", everyItem(not(startsWith(project.slug))));
            for (String model : List.of(project.slug, project.slug + "/policy-2", project.slug + "/nothing")) {
                ask(caller, Map.of("model", model)).then().statusCode(403)
                        .contentType("application/problem+json")
                        .body("type", equalTo("urn:ratchet:problem:not-a-member"))
                        .body("error.code", equalTo("not-a-member"));
            }
        }
    }

    private static List<RequestSpecification> waysIn(String login) {
        String role = as(login).get("/api/account").path("role");
        String secret = as(login).contentType(ContentType.JSON)
                .body(Map.of("name", "x", "role", role, "days", 1))
                .post("/api/account/tokens").then().statusCode(201).extract().path("secret");
        return List.of(as(login), given().header("Authorization", "Bearer " + secret));
    }

    private Account account(String role) {
        return accounts.create(new NewAccount("r" + UUID.randomUUID(), "Somebody", PASSWORD, role));
    }

    private String text(Map<String, Object> extra) {
        return ask(extra).then().statusCode(200).extract().path("choices[0].message.content");
    }

    private Response ask(Map<String, Object> extra) {
        return ask(caller(), extra);
    }

    private Response ask(RequestSpecification caller, Map<String, Object> extra) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", project.slug);
        body.put("messages", List.of(Map.of("role", "user", "content", TinyPolicy.prompt(3).get(0).content())));
        body.putAll(extra);
        return caller.contentType(ContentType.JSON).body(body).post("/v1/chat/completions");
    }

    private RequestSpecification caller() {
        return as(login);
    }

    private static RequestSpecification as(String login) {
        return given().auth().preemptive().basic(login, PASSWORD);
    }
}
