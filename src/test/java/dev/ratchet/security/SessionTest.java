package dev.ratchet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new password ends the sessions of an account but the one that it was typed in. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SessionTest {
    private static final String WANTED = "quite another password";

    @Inject
    PageFixture fixture;

    @Inject
    Accounts accounts;

    private Account reviewer;
    private Visitor here;
    private Visitor elsewhere;

    @BeforeEach
    void signInTwice() {
        reviewer = fixture.account("Rita", Role.REVIEWER);
        here = Visitor.of(reviewer);
        elsewhere = Visitor.of(reviewer);
        signedIn(here);
        signedIn(elsewhere);
    }

    @Test
    void aNewPasswordSignsOtherBrowsersOutAndThisOneNot() {
        Response changed = here.send(here.page("/account").selectFirst("form[action='/account/password']"),
                Map.of("current", PageFixture.PASSWORD, "wanted", WANTED, "again", WANTED));
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(changed.detailedCookie("ratchet-session").isHttpOnly()).isTrue();
        assertThat(changed.detailedCookie("ratchet-session").getSameSite()).isEqualTo("Lax");
        assertThat(here.page("/account?did=password").select("[role=status]").text()).contains("signed out");
        signedIn(here);
        signedOut(elsewhere);
        // The old cookie was taken back: the way in is open.
        assertThat(elsewhere.page("/login").select("form[action='/j_security_check']")).hasSize(1);
        elsewhere.signIn(reviewer.login, PageFixture.PASSWORD);
        signedOut(elsewhere);
        elsewhere.signIn(reviewer.login, WANTED);
        signedIn(elsewhere);
        signedIn(here);
    }

    @Test
    void aWrongPasswordEndsNothing() {
        here.send(here.page("/account").selectFirst("form[action='/account/password']"),
                Map.of("current", "wrong", "wanted", WANTED, "again", WANTED));
        signedIn(here);
        signedIn(elsewhere);
    }

    @Test
    void aProgramThatChangesThePasswordEndsAllSessionsAndGetsNone() {
        String secret = json().body(Map.of("name", "x", "role", Role.REVIEWER, "days", 1))
                .post("/api/account/tokens").path("secret");
        Response changed = json().body(Map.of("current", PageFixture.PASSWORD, "wanted", WANTED))
                .post("/api/account/password");
        assertThat(changed.statusCode()).isEqualTo(204);
        assertThat(changed.cookies()).doesNotContainKey("ratchet-session");
        signedOut(here);
        signedOut(elsewhere);
        given().header("Authorization", "Bearer " + secret).get("/api/account").then().statusCode(200);
    }

    @Test
    void aPasswordThatAnAdministratorGivesEndsAllSessions() {
        String given = accounts.resetPassword(reviewer.id);
        signedOut(here);
        signedOut(elsewhere);
        here.signIn(reviewer.login, given);
        signedIn(here);
    }

    @Test
    void sessionsOfAShutAccountDoNotComeBackWithIt() {
        accounts.disable(reviewer.id);
        signedOut(here);
        accounts.enable(reviewer.id);
        signedOut(here);
        here.signIn(reviewer.login, PageFixture.PASSWORD);
        signedIn(here);
    }

    @Test
    void theSamePasswordAgainFromTheCommandLineEndsNothing() {
        accounts.changePassword(reviewer.login, PageFixture.PASSWORD);
        signedIn(here);
        accounts.changePassword(reviewer.login, WANTED);
        signedOut(here);
    }

    private static void signedIn(Visitor visitor) {
        assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
    }

    private static void signedOut(Visitor visitor) {
        Response answer = visitor.get("/account");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/login");
    }

    private RequestSpecification json() {
        return given().auth().preemptive().basic(reviewer.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
