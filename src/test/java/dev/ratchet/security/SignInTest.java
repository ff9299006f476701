package dev.ratchet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.ratchet.platform.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may use what, how they show who they are, and how failures are answered. */
@QuarkusTest
class SignInTest {
    private static final String PASSWORD = "correct horse";
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    @Inject
    Accounts accounts;

    private String reviewer;

    @BeforeEach
    void makeReviewer() {
        reviewer = "r" + UUID.randomUUID();
        accounts.create(new NewAccount(reviewer, "A reviewer", PASSWORD, Role.REVIEWER));
    }

    @Test
    void aPersonSignsInByFormAndStaysSignedInByCookie() {
        Response signedIn = signIn(reviewer, PASSWORD);
        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(signedIn.header("Location")).endsWith("/");
        String cookie = signedIn.cookie("ratchet-session");
        assertThat(cookie).isNotBlank().doesNotContain(reviewer);
        given().cookie("ratchet-session", cookie).get("/probe/me").then().statusCode(200).body(equalTo(reviewer));
        given().cookie("ratchet-session", cookie).get("/probe/administration").then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:forbidden"));
    }

    @Test
    void aWrongPasswordGoesBackToTheSignInPage() {
        Response refused = signIn(reviewer, "wrong horse");
        assertThat(refused.statusCode()).isEqualTo(302);
        assertThat(refused.header("Location")).endsWith("/login?error=true");
        assertThat(refused.cookie("ratchet-session")).isNull();
    }

    @Test
    void aWrongPasswordIsToldToAProgram() {
        given().formParam("j_username", reviewer).formParam("j_password", "wrong horse")
                .post("/j_security_check").then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:sign-in-failed"));
    }

    @Test
    void tooManyWrongPasswordsCloseTheLoginForAWhile() {
        for (int i = 0; i < SignInThrottle.ATTEMPTS; i++) {
            signIn(reviewer, "wrong horse");
        }
        assertThat(signIn(reviewer, PASSWORD).header("Location")).endsWith("/login?error=true");
    }

    @Test
    void aProgramSignsInWithEveryRequest() {
        given().auth().preemptive().basic(reviewer, PASSWORD).get("/probe/me").then().statusCode(200);
        given().auth().preemptive().basic(reviewer, "wrong horse").get("/probe/me").then().statusCode(401);
    }

    @Test
    void aBrowserIsSentToTheSignInPageAndAProgramIsTold() {
        given().redirects().follow(false).accept(BROWSER).get("/probe/me").then()
                .statusCode(302)
                .header("Location", containsString("/login"));
        given().accept("application/json, */*").get("/probe/me").then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:sign-in-needed"));
        given().header("HX-Request", "true").get("/probe/me").then().statusCode(401).header("HX-Redirect", "/login");
    }

    @Test
    void whatSaysNothingOfWhoMayUseItIsClosed() {
        given().auth().preemptive().basic(reviewer, PASSWORD).get("/probe/forgotten").then().statusCode(403);
        given().get("/probe/open").then().statusCode(200).body(equalTo("nobody"));
    }

    @Test
    void aChangeByCookieNeedsTheTokenAndAProgramDoesNot() {
        String cookie = signIn(reviewer, PASSWORD).cookie("ratchet-session");
        given().cookie("ratchet-session", cookie).contentType(ContentType.JSON).body(Map.of("name", "x"))
                .post("/probe/json").then()
                .statusCode(403)
                .body("type", equalTo("urn:ratchet:problem:csrf-token-missing"));
        given().cookie("ratchet-session", cookie).formParam("name", "x").post("/probe/form").then().statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:csrf-token-missing"));
        given().cookie("ratchet-session", cookie).cookie("csrf-token", "forged").header("X-CSRF-TOKEN", "other")
                .contentType(ContentType.JSON).body(Map.of("name", "x")).post("/probe/json").then().statusCode(400);
        given().auth().preemptive().basic(reviewer, PASSWORD).contentType(ContentType.JSON).body(Map.of("name", "x"))
                .post("/probe/json").then().statusCode(200).body("name", equalTo("x"));
    }

    @Test
    void everyAnswerForbidsFramesAndForeignContent() {
        given().get("/probe/open").then()
                .header("Content-Security-Policy", startsWith("default-src 'self'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin");
    }

    @Test
    void aProblemIsDetailsForAProgramAPageForABrowserAndAFragmentForHtmx() {
        given().get("/probe/conflict").then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:probe"))
                .body("title", equalTo("A probe"))
                .body("status", equalTo(409));
        given().accept(BROWSER).get("/probe/conflict").then()
                .statusCode(409)
                .contentType(startsWith("text/html"))
                .body(containsString("<!doctype html>"))
                .body(containsString("It always is &lt;b&gt;in the way"));
        given().header("HX-Request", "true").get("/probe/conflict").then()
                .statusCode(409)
                .body(not(containsString("<!doctype html>")))
                .body(containsString("A probe"));
    }

    @Test
    void invalidAndUnreadableInputSayWhatIsWrong() {
        given().auth().preemptive().basic(reviewer, PASSWORD).contentType(ContentType.JSON).body(Map.of("name", " "))
                .post("/probe/json").then()
                .statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:invalid-input"))
                .body("errors.field", hasItem("name"));
        given().auth().preemptive().basic(reviewer, PASSWORD).contentType(ContentType.JSON).body("{\"name\":")
                .post("/probe/json").then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("could not be read"));
    }

    @Test
    void anUnexpectedFailureShowsNothingOfTheInside() {
        given().get("/probe/broken").then()
                .statusCode(500)
                .body("type", equalTo("urn:ratchet:problem:unexpected"))
                .body("detail", containsString("which finds the cause in the log"))
                .body(not(containsString("secret of the inside")))
                .body(not(containsString("at dev.ratchet")));
        given().get("/probe/nothing-here").then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:not-found"));
    }

    @Test
    void accountsThatCannotBeAreRefused() {
        assertProblem(new NewAccount(reviewer, "Again", PASSWORD, Role.REVIEWER), 409, "login-taken");
        assertProblem(new NewAccount("Not Allowed", "", PASSWORD, Role.REVIEWER), 422, "invalid-login");
        assertProblem(new NewAccount("fresh", "", "short", Role.REVIEWER), 422, "invalid-password");
        assertProblem(new NewAccount("fresh", "", "x".repeat(73), Role.REVIEWER), 422, "invalid-password");
        assertProblem(new NewAccount("fresh", "", PASSWORD, "king"), 422, "invalid-role");
    }

    @Test
    void passwordAndRoleChangeAtOnce() {
        accounts.changePassword(reviewer, "another horse");
        accounts.changeRole(reviewer, Role.ADMINISTRATOR);
        given().auth().preemptive().basic(reviewer, PASSWORD).get("/probe/me").then().statusCode(401);
        given().auth().preemptive().basic(reviewer, "another horse").get("/probe/administration").then()
                .statusCode(200);
    }

    private void assertProblem(NewAccount account, int status, String type) {
        assertThatThrownBy(() -> accounts.create(account)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.type()).isEqualTo(type);
        });
    }

    private static Response signIn(String login, String password) {
        return given().redirects().follow(false).accept(BROWSER)
                .formParam("j_username", login)
                .formParam("j_password", password)
                .post("/j_security_check");
    }
}
