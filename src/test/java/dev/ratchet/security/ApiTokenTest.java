package dev.ratchet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Member;
import dev.ratchet.project.Project;
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
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs act for an account by a token, within what it may do. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ApiTokenTest {
    @Inject
    PageFixture fixture;

    @Inject
    ApiTokens tokens;

    @Inject
    Accounts accounts;

    private Account lead;

    @BeforeEach
    void make() {
        lead = fixture.account("Lena Lead", Role.LEAD);
    }

    @Test
    void aTokenSignsInUntilItIsRevokedAndSaysWhenItWasUsed() {
        Response made = json(lead).body(Map.of("name", "export", "role", Role.LEAD, "days", 30))
                .post("/api/account/tokens");
        made.then().statusCode(201).body("secret", containsString("rtk_")).body("lastUsedAt", nullValue());
        String secret = made.path("secret");
        bearer(secret).get("/api/account").then().statusCode(200).body("login", equalTo(lead.login));
        // A change needs no form token, for no browser sends a token by itself.
        bearer(secret).contentType(ContentType.JSON).body("{}").post("/api/projects").then().statusCode(422);
        json(lead).get("/api/account/tokens").then().statusCode(200)
                .body("name", contains("export")).body("[0].lastUsedAt", notNullValue()).body("[0].secret", nullValue());
        assertThat(QuarkusTransaction.requiringNew().call(() -> ApiToken.findByDigest(secret))).isEmpty();
        json(lead).delete("/api/account/tokens/" + made.path("id")).then().statusCode(204);
        bearer(secret).get("/api/account").then().statusCode(401)
                .body("type", equalTo("urn:ratchet:problem:sign-in-failed"));
        json(lead).get("/api/account/tokens").then().body("$", hasSize(0));
    }

    @Test
    void aTokenMayDoLessThanItsAccountAndNeverMore() {
        String secret = token(lead, Role.REVIEWER);
        bearer(secret).get("/api/projects").then().statusCode(200);
        bearer(secret).contentType(ContentType.JSON).body("{}").post("/api/projects").then().statusCode(403);
        Account reviewer = fixture.account("Rita", Role.REVIEWER);
        json(reviewer).body(Map.of("name", "x", "role", Role.LEAD, "days", 30)).post("/api/account/tokens").then()
                .statusCode(422).body("type", equalTo("urn:ratchet:problem:invalid-token"));
        String full = token(lead, Role.LEAD);
        accounts.changeRole(lead.login, Role.REVIEWER);
        bearer(full).contentType(ContentType.JSON).body("{}").post("/api/projects").then().statusCode(403);
    }

    @Test
    void aMembershipAddsNothingToALimitedToken() {
        Project project = fixture.project("Support");
        join(project, lead, Role.LEAD);
        Account reviewer = fixture.account("Rita", Role.REVIEWER);
        join(project, reviewer, Role.LEAD);
        String address = "/projects/" + project.slug + "/instructions";
        bearer(token(lead, Role.REVIEWER)).accept("text/html").get(address).then().statusCode(403);
        bearer(token(lead, Role.LEAD)).accept("text/html").get(address).then().statusCode(200);
        bearer(token(reviewer, Role.REVIEWER)).accept("text/html").get(address).then().statusCode(200);
    }

    @Test
    void anAdministratorsLimitedTokenStaysOutOfClosedProjects() {
        Project project = fixture.project("Support");
        Account administrator = fixture.account("Ada", Role.ADMINISTRATOR);
        QuarkusTransaction.requiringNew().run(() -> Project.update("open = false where id = ?1", project.id));
        String at = "/api/projects/" + project.slug;
        String listed = "/api/projects?after=" + (project.id - 1);
        for (String role : List.of(Role.REVIEWER, Role.LEAD)) {
            String limited = token(administrator, role);
            bearer(limited).get(at).then().statusCode(403).body("type", equalTo("urn:ratchet:problem:not-a-member"));
            bearer(limited).get(at + "/members").then().statusCode(403);
            bearer(limited).get(listed).then().body("items.slug", not(hasItem(project.slug)));
            bearer(limited).contentType(ContentType.JSON)
                    .body(Map.of("model", project.slug, "messages", List.of(Map.of("role", "user", "content", "x"))))
                    .post("/v1/chat/completions").then().statusCode(403);
        }
        String full = token(administrator, Role.ADMINISTRATOR);
        bearer(full).get(at).then().statusCode(200);
        bearer(full).get(listed).then().body("items.slug", hasItem(project.slug));
        join(project, administrator, Role.REVIEWER);
        bearer(token(administrator, Role.REVIEWER)).get(at).then().statusCode(200);
    }

    @Test
    void whatIsNoTokenOrRanOutIsRefused() {
        for (String wrong : List.of("rtk_nothing", "", "x".repeat(5000), "ü")) {
            given().header("Authorization", "Bearer " + wrong).get("/api/account").then().statusCode(401);
        }
        String secret = token(lead, Role.LEAD);
        given().header("Authorization", "bearer " + secret).get("/api/account").then().statusCode(200);
        QuarkusTransaction.requiringNew().run(() ->
                ApiToken.update("expiresAt = ?1 where accountId = ?2", Instant.now().minusSeconds(1), lead.id));
        bearer(secret).get("/api/account").then().statusCode(401);
        given().get("/api/account").then().statusCode(401);
    }

    @Test
    void aTokenCannotMakeTokensOrChangeThePassword() {
        String secret = token(lead, Role.LEAD);
        bearer(secret).contentType(ContentType.JSON).body(Map.of("name", "y", "role", Role.LEAD, "days", 1))
                .post("/api/account/tokens").then().statusCode(403)
                .body("type", equalTo("urn:ratchet:problem:token-not-enough"));
        bearer(secret).contentType(ContentType.JSON)
                .body(Map.of("current", PageFixture.PASSWORD, "wanted", "another password"))
                .post("/api/account/password").then().statusCode(403);
    }

    @Test
    void tokensThatCannotBeAreRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("name", " ", "role", Role.LEAD, "days", 30),
                Map.of("name", "a\u0000b", "role", Role.LEAD, "days", 30),
                Map.of("name", "x".repeat(81), "role", Role.LEAD, "days", 30),
                Map.of("name", "x", "role", "king", "days", 30),
                Map.of("name", "x", "role", Role.LEAD, "days", 0),
                Map.of("name", "x", "role", Role.LEAD, "days", 367))) {
            json(lead).body(wrong).post("/api/account/tokens").then().statusCode(422);
        }
        String mine = json(lead).body(Map.of("name", "x", "role", Role.LEAD, "days", 1)).post("/api/account/tokens")
                .path("id").toString();
        json(fixture.account("Rita", Role.REVIEWER)).delete("/api/account/tokens/" + mine).then().statusCode(404);
    }

    @Test
    void thePageMakesATokenShowsItOnceAndRevokesIt() {
        Visitor visitor = Visitor.of(lead);
        Response made = visitor.send(visitor.page("/account").selectFirst("form[action='/account/tokens']"),
                Map.of("name", "<b>export</b>", "role", Role.LEAD, "days", "90"));
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        String secret = Jsoup.parse(made.asString()).select("#secret").val();
        bearer(secret).get("/api/account").then().statusCode(200);
        visitor.get("/account").then().body(not(containsString(secret)), containsString("&lt;b&gt;export"));
        Response revoked = visitor.send(visitor.page("/account").selectFirst("form[action$=revoke]"), Map.of());
        assertThat(revoked.header("Location")).endsWith("/account?did=revoked");
        bearer(secret).get("/api/account").then().statusCode(401);
        Response refused = visitor.send(visitor.page("/account").selectFirst("form[action='/account/tokens']"),
                Map.of("name", "", "role", Role.LEAD, "days", "90"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.asString()).select("[role=alert]").text()).contains("Name it in 1 to 80");
    }

    @Test
    void aPersonChangesTheirPasswordKnowingTheOldOne() {
        Visitor visitor = Visitor.of(lead);
        assertThat(change(visitor, "wrong", "a new password", "a new password").statusCode()).isEqualTo(403);
        assertThat(change(visitor, PageFixture.PASSWORD, "a new password", "another").statusCode()).isEqualTo(422);
        assertThat(change(visitor, PageFixture.PASSWORD, "short", "short").statusCode()).isEqualTo(422);
        assertThat(change(visitor, PageFixture.PASSWORD, "a new password", "a new password").statusCode())
                .isEqualTo(303);
        given().auth().preemptive().basic(lead.login, "a new password").get("/api/account").then().statusCode(200);
        for (int i = 0; i < SignInThrottle.ATTEMPTS; i++) {
            change(visitor, "wrong", "a new password", "a new password");
        }
        assertThat(change(visitor, "a new password", "yet another", "yet another").statusCode()).isEqualTo(429);
    }

    private static Response change(Visitor visitor, String current, String wanted, String again) {
        Map<String, String> fields = new HashMap<>(Map.of("current", current, "wanted", wanted, "again", again));
        return visitor.send(visitor.page("/account").selectFirst("form[action='/account/password']"), fields);
    }

    private String token(Account account, String role) {
        return QuarkusTransaction.requiringNew()
                .call(() -> tokens.create(accounts.require(account.id), "test", role, 1).secret());
    }

    private static void join(Project project, Account account, String role) {
        QuarkusTransaction.requiringNew().run(() -> {
            Member member = new Member();
            member.projectId = project.id;
            member.accountId = account.id;
            member.role = role;
            member.tags = new String[0];
            member.joinedAt = Instant.now();
            member.persist();
        });
    }

    private static RequestSpecification bearer(String secret) {
        return given().header("Authorization", "Bearer " + secret);
    }

    private static RequestSpecification json(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
