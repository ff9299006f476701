package dev.ratchet.team;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Invitation;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People come into a team by a link. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class InvitationTest {
    private static final String PASSWORD = "a fresh password";

    @Inject
    PageFixture fixture;

    @Inject
    Accounts accounts;

    private Project project;
    private Account lead;

    @BeforeEach
    void make() {
        project = fixture.project("Support");
        lead = fixture.account("Lena Lead", Role.LEAD);
    }

    @Test
    void whoFollowsTheLinkMakesAnAccountAndIsInTheTeamWithTagsAndGroup() {
        Integer group = as(lead).body(Map.of("name", "Doctors")).post(path("/groups")).path("id");
        Response made = as(lead).body(Map.of("tags", List.of("de"), "groupId", group, "uses", 1))
                .post(path("/invitations"));
        made.then().statusCode(201).body("invitation.open", equalTo(true))
                .body("link", containsString("/invitations/"));
        String link = secret(made);
        given().get("/api/invitations/" + link).then().statusCode(200)
                .body("project", equalTo("Support")).body("invitedBy", equalTo("Lena Lead"));
        String login = login();
        Integer id = signUp(link, login).then().statusCode(201).extract().path("id");
        given().auth().preemptive().basic(login, PASSWORD).get("/api/account").then().statusCode(200)
                .body("role", equalTo(Role.REVIEWER));
        as(lead).get(path("/members/" + id)).then().statusCode(200).body("tags", contains("de"))
                .body("groups", contains(group)).body("role", equalTo(Role.REVIEWER));
        as(lead).get(path("/invitations")).then().body("[0].used", equalTo(1)).body("[0].open", equalTo(false))
                .body("[0].cameIn", contains(login)).body("[0].invitedBy", equalTo("Lena Lead"));
        signUp(link, login()).then().statusCode(410).body("type", equalTo("urn:ratchet:problem:invitation-used"));
    }

    @Test
    void aRefusedSignUpUsesNothingUp() {
        String link = invite(Map.of());
        signUp(link, "Not Allowed").then().statusCode(422);
        signUp(link, lead.login).then().statusCode(409);
        given().contentType(ContentType.JSON).body(Map.of("login", login(), "password", "short"))
                .post("/api/invitations/" + link).then().statusCode(422);
        signUp(link, login()).then().statusCode(201);
    }

    @Test
    void aSignedInAccountJoinsOnce() {
        String link = invite(Map.of("uses", 5));
        Account reviewer = fixture.account("Rita", Role.REVIEWER);
        given().contentType(ContentType.JSON).post("/api/invitations/" + link + "/join").then().statusCode(401);
        as(reviewer).post("/api/invitations/" + link + "/join").then().statusCode(200)
                .body("slug", equalTo(project.slug));
        as(reviewer).post("/api/invitations/" + link + "/join").then().statusCode(409);
        as(lead).get(path("/invitations")).then().body("[0].used", equalTo(1));
    }

    @Test
    void aLinkThatRanOutOrWasRevokedSaysWhatToDo() {
        String expired = invite(Map.of());
        QuarkusTransaction.requiringNew().run(() -> Invitation.update(
                "expiresAt = ?1 where projectId = ?2", Instant.now().minusSeconds(1), project.id));
        given().get("/api/invitations/" + expired).then().statusCode(410)
                .body("type", equalTo("urn:ratchet:problem:invitation-expired"));
        Response made = as(lead).body(Map.of()).post(path("/invitations"));
        as(lead).delete(path("/invitations/" + made.path("invitation.id"))).then().statusCode(204);
        signUp(secret(made), login()).then().statusCode(410)
                .body("type", equalTo("urn:ratchet:problem:invitation-revoked"));
        Document page = Jsoup.parse(Visitor.anonymous().get("/invitations/" + secret(made)).then().statusCode(410)
                .extract().asString());
        assertThat(page.select("[role=alert]").text()).contains("was taken back").contains("Ask who sent you the link");
        given().get("/api/invitations/nothing").then().statusCode(404);
    }

    @Test
    void anInvitationSaysNoMoreThanItsMakerCouldSayNow() {
        Account helper = fixture.account("Hugo", Role.REVIEWER);
        as(lead).body(Map.of("login", helper.login, "role", Role.LEAD)).post(path("/members")).then().statusCode(201);
        as(helper).body(Map.of("role", Role.LEAD)).post(path("/invitations")).then().statusCode(403);
        Response made = as(helper).body(Map.of("uses", 5)).post(path("/invitations"));
        signUp(secret(made), login()).then().statusCode(201);
        accounts.disable(helper.id);
        signUp(secret(made), login()).then().statusCode(410);
        String leads = invite(Map.of("role", Role.LEAD, "uses", 5));
        accounts.changeRole(lead.login, Role.REVIEWER);
        signUp(leads, login()).then().statusCode(410);
    }

    @Test
    void invitationsThatCannotBeAreRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("role", "administrator"),
                Map.of("days", 0), Map.of("days", 91), Map.of("uses", 0), Map.of("uses", 501),
                Map.of("tags", List.of("two words")))) {
            as(lead).body(wrong).post(path("/invitations")).then().statusCode(422);
        }
        as(lead).body(Map.of("groupId", 999_999_999)).post(path("/invitations")).then().statusCode(404);
        as(fixture.account("Rita", Role.REVIEWER)).body(Map.of()).post(path("/invitations")).then().statusCode(403);
        as(fixture.account("Rita", Role.REVIEWER)).get(path("/invitations")).then().statusCode(403);
        given().get(path("/invitations")).then().statusCode(401);
        as(lead).get(path("/invitations")).then().body("$", empty());
        as(lead).delete(path("/invitations/999999999")).then().statusCode(404);
    }

    @Test
    void theLastPlaceIsGivenToOnePerson() throws Exception {
        String link = invite(Map.of("uses", 2));
        ExecutorService many = Executors.newFixedThreadPool(6);
        try {
            List<Integer> answers = many.invokeAll(IntStream.range(0, 6)
                            .<Callable<Integer>>mapToObj(i ->
                                    () -> signUp(link, login()).statusCode()).toList()).stream()
                    .map(answer -> {
                        try {
                            return answer.get();
                        } catch (Exception failure) {
                            throw new IllegalStateException(failure);
                        }
                    }).toList();
            assertThat(answers).containsOnly(201, 410);
            assertThat(answers.stream().filter(status -> status == 201)).hasSize(2);
        } finally {
            many.shutdown();
        }
    }

    @Test
    void loginsCannotBeTriedOutByALink() {
        String link = invite(Map.of("uses", 5));
        for (int i = 0; i < 10; i++) {
            signUp(link, lead.login).then().statusCode(409);
        }
        signUp(link, login()).then().statusCode(429).body("type", equalTo("urn:ratchet:problem:too-many-attempts"));
        given().get("/api/invitations/" + link).then().statusCode(200);
    }

    @Test
    void theFormMakesTheAccountAndSignsIn() {
        Visitor leading = Visitor.of(lead);
        Response made = leading.send(
                leading.page("/projects/" + project.slug + "/team").selectFirst("form[action$='/team/invitations']"),
                Map.of("role", Role.REVIEWER, "tags", "de", "group", "", "days", "7", "uses", "3"));
        String link = Jsoup.parse(made.then().statusCode(200).extract().asString()).select("#link").val();
        String path = link.substring(link.indexOf("/invitations/"));
        leading.get("/projects/" + project.slug + "/team").then().body(not(containsString(path)));
        Visitor visitor = Visitor.anonymous();
        String login = login();
        Response taken = visitor.send(visitor.page(path).selectFirst("main form"),
                Map.of("name", "Nina <b>New</b>", "j_username", lead.login, "j_password", PASSWORD));
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(taken.asString()).select("#name").val()).isEqualTo("Nina <b>New</b>");
        Map<String, String> fields = new HashMap<>(
                Map.of("name", "Nina", "j_username", login, "j_password", PASSWORD));
        Response signedUp = visitor.send(visitor.page(path).selectFirst("main form"), fields);
        assertThat(signedUp.statusCode()).isEqualTo(307);
        assertThat(signedUp.header("Location")).endsWith("/j_security_check");
        given().redirects().follow(false).formParams(fields).post("/j_security_check").then().statusCode(302);
        Visitor signedIn = Visitor.of(fixture.account("Rita", Role.REVIEWER));
        Response joined = signedIn.send(signedIn.page(path).selectFirst("main form"), Map.of());
        assertThat(joined.statusCode()).isEqualTo(303);
        assertThat(joined.header("Location")).endsWith("/queue");
        assertThat(signedIn.send(signedIn.page(path).selectFirst("main form"), Map.of()).statusCode()).isEqualTo(409);
    }

    private String invite(Map<String, Object> wanted) {
        return secret(as(lead).body(wanted).post(path("/invitations")));
    }

    private static String secret(Response made) {
        String link = made.then().statusCode(201).extract().path("link");
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static String login() {
        return "n" + UUID.randomUUID();
    }

    private static Response signUp(String link, String login) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("login", login, "displayName", "Nina New", "password", PASSWORD))
                .post("/api/invitations/" + link);
    }

    private String path(String below) {
        return "/api/projects/" + project.slug + below;
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
