package dev.ratchet.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.app.ApiDescription.Call;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a program sends: the answer is never our failure, and a refusal is problem details. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ApiFuzzTest {
    private static final String NUL = "\\u0000";
    /** In place of any value, as it stands in JSON. */
    private static final List<String> VALUES = List.of("null", "true", "-1", "1.5", "99999999999999999999", "1e400",
            "\"\"", "\"a" + NUL + "b\"", "\"\\ud800\"", "\"" + "x".repeat(20_000) + "\"", "[]", "[null]", "{}",
            "{\"a\": {\"b\": []}}", "[[[\"\"]]]");
    /** In place of a body. */
    private static final List<String> BODIES = List.of("", " ", "null", "true", "7", "\"text\"", "[]", "[null]", "[7]",
            "{}", "{", "{\"a\":", "}", "\u0000", "{\"a\" 1}", "<xml/>", "[".repeat(50_000), "{\"a\":".repeat(5_000),
            "[".repeat(5_000) + "]".repeat(5_000), "9".repeat(5_000));
    /** In place of a parameter, as it stands in an address. */
    private static final List<String> PARAMETERS = List.of("", "x", "-1", "0", "99999999999999999999", "1e9", "%00",
            "a%00b", "%ED%A0%80", "%FF", "%22%3C%27", "y".repeat(3_000));

    /** In place of a form's field, as it stands in a form. */
    private static final List<String> FIELDS = List.of("", "+", "-1", "1.5", "99999999999999999999", "a%00b",
            "%ED%A0%80", "%FF", "king", "[]", "%7B", "z".repeat(20_000));
    /** What forms have of which the description names no field. */
    private static final List<String> FIELDS_OF_MAPS = List.of("assignmentId", "ratingId", "taskId", "responseIds",
            "activeMillis", "expectedVersion", "version", "task", "scope", "what", "value", "tag", "status", "purpose",
            "assigned", "text", "reason", "explanation", "comment", "guidelines", "note", "goldPercent",
            "calibrationTasks", "calibrationPercent", "randomPercent", "preference", "preference.verdict",
            "preference.strength");

    @Inject
    PageFixture fixture;

    @TestHTTPResource
    URI server;

    private final HttpClient client = HttpClient.newHttpClient();
    private List<Call> calls;
    private List<Call> forms;
    private String secret;
    private String slug;
    private String account;

    @BeforeEach
    void actForAnAdministrator() {
        Account administrator = fixture.account("Ada", Role.ADMINISTRATOR);
        // No champion: nothing begins to train.
        Project project = fixture.projectWithTasks("Support", 2);
        slug = project.slug;
        account = String.valueOf(fixture.account("Somebody", Role.REVIEWER).id);
        secret = given().auth().preemptive().basic(administrator.login, PageFixture.PASSWORD)
                .contentType(ContentType.JSON).body(Map.of("name", "x", "role", Role.ADMINISTRATOR, "days", 1))
                .post("/api/account/tokens").then().statusCode(201).extract().path("secret");
        List<Call> all = ApiDescription.read(given().header("Authorization", "Bearer " + secret)
                .get("/api/openapi?format=json").asString()).calls();
        calls = all.stream().filter(Call::isApi).toList();
        forms = all.stream().filter(call -> !call.isApi() && !call.path().startsWith("/probe/"))
                .filter(call -> "application/x-www-form-urlencoded".equals(call.bodyType())).toList();
    }

    @Test
    void noBodyMakesItFail() {
        Set<String> wrong = new TreeSet<>();
        for (Call call : calls) {
            if (call.sample() != null) {
                bodies(call.sample()).forEach(body -> send(call, address(call), "application/json", body, wrong));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noParameterMakesItFail() {
        Set<String> wrong = new TreeSet<>();
        for (Call call : calls) {
            String body = call.sample() == null ? "" : call.sample().toString();
            for (String value : PARAMETERS) {
                for (String name : call.query()) {
                    send(call, address(call) + "?" + name + "=" + value, "application/json", body, wrong);
                }
                if (call.path().contains("{") && !value.isEmpty()) {
                    send(call, call.path().replace("{slug}", slug).replaceAll("\\{\\w+}", value), "application/json",
                            body, wrong);
                    send(call, call.path().replaceAll("\\{\\w+}", value), "application/json", body, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noFormMakesItFail() {
        Response page = given().header("Authorization", "Bearer " + secret).accept("text/html").get("/account");
        String token = Jsoup.parse(page.asString()).select("input[name=csrf-token]").val();
        String cookie = "csrf-token=" + page.cookie("csrf-token");
        Set<String> wrong = new TreeSet<>();
        assertThat(forms).hasSizeGreaterThan(20);
        // Forms get as far as what they are for.
        given().redirects().follow(false).header("Authorization", "Bearer " + secret).header("Cookie", cookie)
                .formParam("csrf-token", token).formParam("name", "A group")
                .post("/projects/" + slug + "/team/groups").then().statusCode(303);
        for (Call call : forms) {
            List<String> fields = call.form().isEmpty() ? FIELDS_OF_MAPS : call.form();
            for (String value : call.form().isEmpty() ? FIELDS.subList(4, 6) : FIELDS) {
                for (String bad : fields) {
                    String body = fields.stream().map(field -> "&" + field + "=" + (field.equals(bad) ? value : "1"))
                            .collect(Collectors.joining("", "csrf-token=" + token, ""));
                    send(call, address(call), "application/x-www-form-urlencoded", body, cookie, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noMediaTypeMakesItFail() {
        Set<String> wrong = new TreeSet<>();
        for (Call call : calls) {
            if (call.sample() != null) {
                for (String type : List.of("text/plain", "application/xml", "multipart/form-data",
                        "application/x-www-form-urlencoded", "application/json; charset=utf-16", "nonsense")) {
                    send(call, address(call), type, call.sample().toString(), wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(("POST /api/projects/" + slug + "/prompts HTTP/1.1\r\nHost: here\r\n"
                    + "Authorization: Bearer " + secret + "\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 999999999\r\n\r\n[").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    /** Bodies of the described shape with one value replaced, and some of no shape. */
    private static List<String> bodies(JsonNode sample) {
        List<String> bodies = new ArrayList<>(BODIES);
        bodies.add(sample.toString());
        mutate(sample, sample, bodies);
        return bodies;
    }

    /** A marker takes the place of each value in turn, and the values then take the marker's. */
    private static void mutate(JsonNode root, JsonNode at, List<String> bodies) {
        if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                object.put(name, "@");
                VALUES.forEach(other -> bodies.add(root.toString().replace("\"@\"", other)));
                object.set(name, value);
                mutate(root, value, bodies);
            }
        } else if (at instanceof ArrayNode array && !array.isEmpty()) {
            JsonNode value = array.get(0);
            array.set(0, TextNode.valueOf("@"));
            VALUES.forEach(other -> bodies.add(root.toString().replace("\"@\"", other)));
            array.set(0, value);
            mutate(root, value, bodies);
        }
    }

    private String address(Call call) {
        return call.path().replace("{slug}", slug).replace("{account}", account)
                .replace("/accounts/{id}", "/accounts/" + account)
                .replaceAll("\\{\\w+}", call.path().contains("{slug}") ? "1" : "999999999");
    }

    private void send(Call call, String address, String type, String body, Set<String> wrong) {
        send(call, address, type, body, null, wrong);
    }

    /** @param cookie null for a program's call, whose refusals are problem details */
    private void send(Call call, String address, String type, String body, String cookie, Set<String> wrong) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.resolve("/") + address.substring(1)))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", type)
                .method(call.verb().toUpperCase(Locale.ROOT), call.sample() == null && cookie == null
                        ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            String told = answer.headers().firstValue("Content-Type").orElse("none");
            boolean explained = told.startsWith("application/problem+json") && answer.body().contains("\"title\"");
            if (answer.statusCode() >= 500 || cookie == null && answer.statusCode() >= 400 && !explained) {
                wrong.add(call + " -> " + answer.statusCode() + " " + told + ", to " + shortened(address) + " " + type
                        + " " + shortened(body) + ": " + shortened(answer.body()));
            }
        } catch (IOException cut) {
            wrong.add(call + " -> " + cut + ", to " + shortened(address) + " " + shortened(body));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 160 ? text : text.substring(0, 160) + "…";
    }
}
