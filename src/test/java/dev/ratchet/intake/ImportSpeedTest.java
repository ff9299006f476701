package dev.ratchet.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A large file comes in; the log says how fast. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@Tag("slow")
class ImportSpeedTest {
    private static final int ROWS = 200_000;

    @Inject
    PageFixture fixture;

    @Test
    void twoHundredThousandPreferencesComeIn() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.project("Imports");
        String address = "/api/projects/" + project.slug + "/imports";
        byte[] file = ImportApiTest.preferences(ROWS).getBytes(StandardCharsets.UTF_8);
        Response begun = as(lead).contentType("application/octet-stream").body(file).post(address + "?name=p.jsonl");
        String own = address + "/" + begun.path("id");
        long before = System.nanoTime();
        reaches(lead, own, "ready");
        double checked = (System.nanoTime() - before) / 1e9;
        as(lead).contentType("application/json").post(own + "/start").then().statusCode(200);
        Response done = reaches(lead, own, "done");
        assertThat((int) done.path("pairs")).isEqualTo(ROWS);
        Logger.getLogger(ImportSpeedTest.class).infof("Looked through %.0f rows a second, took in %.0f",
                ROWS / checked, ((Number) done.path("rowsPerSecond")).doubleValue());
    }

    private static Response reaches(Account lead, String own, String status) {
        return await().atMost(Duration.ofMinutes(5)).until(() -> as(lead).get(own),
                found -> status.equals(found.path("status")));
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD);
    }
}
