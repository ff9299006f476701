package dev.ratchet.platform;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebRoleGateTest.StreamOnly.class)
class WebRoleGateTest {

    /** A process that only relays and consumes. */
    public static class StreamOnly implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ratchet.roles", "stream");
        }
    }

    @Test
    void aProcessWithoutTheRoleHasNoPagesButSaysThatItLives() {
        given().accept("application/json").get("/login").then().statusCode(404).body("type", equalTo("urn:ratchet:problem:role-web"));
        given().get("/q/health/live").then().statusCode(200);
    }
}
