package dev.ratchet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.Problem;
import dev.ratchet.platform.TestServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator makes accounts, changes and shuts them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AccountsTest {
    @Inject
    PageFixture fixture;

    @Inject
    Accounts accounts;

    private Account administrator;
    private Account reviewer;

    @BeforeEach
    void make() {
        administrator = fixture.account("Ada", Role.ADMINISTRATOR);
        reviewer = fixture.account("Rita", Role.REVIEWER);
    }

    @Test
    void onlyAdministratorsSeeAccounts() {
        Account lead = fixture.account("Lena", Role.LEAD);
        json(lead).get("/api/accounts").then().statusCode(403);
        json(reviewer).get("/api/accounts/" + administrator.id).then().statusCode(403);
        given().get("/api/accounts").then().statusCode(401);
        assertThat(Visitor.of(lead).get("/accounts").statusCode()).isEqualTo(403);
    }

    @Test
    void anAdministratorMakesChangesAndShutsAnAccount() {
        String login = "new-" + UUID.randomUUID();
        Integer id = json(administrator)
                .body(Map.of("login", login, "displayName", "Nina", "password", "a password", "role", Role.REVIEWER))
                .post("/api/accounts").then().statusCode(201).extract().path("id");
        json(administrator).get("/api/accounts?limit=200&after=" + (id - 1)).then().statusCode(200)
                .body("items.login", hasItem(login));
        json(administrator).body(Map.of("role", Role.LEAD)).patch("/api/accounts/" + id).then().statusCode(200)
                .body("role", equalTo(Role.LEAD)).body("disabled", equalTo(false));
        given().auth().preemptive().basic(login, "a password").get("/api/account").then().statusCode(200);
        json(administrator).body(Map.of("disabled", true)).patch("/api/accounts/" + id).then().statusCode(200)
                .body("disabled", equalTo(true));
        given().auth().preemptive().basic(login, "a password").get("/api/account").then().statusCode(401);
        json(administrator).body(Map.of("disabled", false)).patch("/api/accounts/" + id).then().statusCode(200);
        String password = json(administrator).post("/api/accounts/" + id + "/password").then().statusCode(200)
                .extract().path("password");
        given().auth().preemptive().basic(login, "a password").get("/api/account").then().statusCode(401);
        given().auth().preemptive().basic(login, password).get("/api/account").then().statusCode(200);
    }

    @Test
    void aSessionAndATokenEndWhenTheAccountIsShut() {
        Visitor visitor = Visitor.of(reviewer);
        assertThat(visitor.get("/queue").statusCode()).isEqualTo(200);
        String secret = json(reviewer).body(Map.of("name", "x", "role", Role.REVIEWER, "days", 1))
                .post("/api/account/tokens").path("secret");
        accounts.disable(reviewer.id);
        assertThat(visitor.get("/queue").statusCode()).isIn(302, 401);
        given().header("Authorization", "Bearer " + secret).get("/api/account").then().statusCode(401);
    }

    @Test
    void whatCannotBeIsRefused() {
        json(administrator).body(Map.of("role", "king")).patch("/api/accounts/" + reviewer.id).then().statusCode(422);
        json(administrator).body(Map.of("role", Role.LEAD)).patch("/api/accounts/999999999").then().statusCode(404);
        json(administrator).body(Map.of("login", reviewer.login, "password", "a password", "role", Role.LEAD))
                .post("/api/accounts").then().statusCode(409);
        json(administrator).body(Map.of("login", "x" + UUID.randomUUID(), "displayName", "x".repeat(101),
                        "password", "a password", "role", Role.LEAD))
                .post("/api/accounts").then().statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:invalid-name"));
        json(administrator).get("/api/accounts?limit=0").then().statusCode(422);
        json(administrator).get("/api/accounts?limit=1").then().body("items", hasSize(1));
    }

    @Test
    void theLastAdministratorStays() {
        QuarkusTransaction.begin();
        try {
            Account.update("role = 'lead' where role = 'administrator' and id <> ?1", administrator.id);
            assertThatThrownBy(() -> accounts.disable(administrator.id)).isInstanceOfSatisfying(Problem.class,
                    problem -> assertThat(problem.type()).isEqualTo("last-administrator"));
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void thePageDoesTheSame() {
        Visitor visitor = Visitor.of(administrator);
        String login = "page-" + UUID.randomUUID();
        Response made = visitor.send(visitor.page("/accounts").selectFirst("form[action='/accounts']"),
                Map.of("name", "Nina", "login", login, "role", Role.REVIEWER));
        assertThat(made.statusCode()).isEqualTo(200);
        String password = Jsoup.parse(made.asString()).select("#secret").val();
        given().auth().preemptive().basic(login, password).get("/api/account").then().statusCode(200);
        Response again = visitor.send(visitor.page("/accounts").selectFirst("form[action='/accounts']"),
                Map.of("name", "Nina", "login", login, "role", Role.REVIEWER));
        assertThat(again.statusCode()).isEqualTo(409);
        long id = Long.parseLong(json(administrator).get("/api/accounts?limit=200&after=" + (reviewer.id - 1))
                .path("items.find { it.login == '" + login + "' }.id").toString());
        String after = "/accounts?after=" + (id - 1);
        Document shut = Jsoup.parse(visitor.send(
                visitor.page(after).selectFirst("form[action='/accounts/" + id + "/disable']"), Map.of()).asString());
        assertThat(shut.select("[role=status]").text()).contains("The account of Nina is shut");
        given().auth().preemptive().basic(login, password).get("/api/account").then().statusCode(401);
    }

    private static RequestSpecification json(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
