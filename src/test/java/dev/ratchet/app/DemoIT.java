package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop with the built jar, on a smaller budget: from the reviewers' forms to the promoted version, and back. */
class DemoIT {
    private static final Pattern SIGN_IN =
            Pattern.compile("Ratchet is at (http://localhost:[0-9]+)\\s+Sign in as demo with password ([^\\s,]+)");
    /**
     * Fewer tasks and replies than the demo's own, so the reward model is allowed to be less sure of itself; three ratings
     * of each, so that a careless reviewer is told from a careful one nearly always.
     */
    private static final Map<String, String> SMALLER = Map.of(
            "RATCHET_DEMO_TRAIN_TASKS", "500",
            "RATCHET_DEMO_EVAL_TASKS", "300",
            "RATCHET_DEMO_OVERLAP", "3",
            "RATCHET_DEMO_GOLD_PROMPTS", "100",
            "RATCHET_DEMO_MINIMUM_REWARD_ACCURACY", "0.5",
            "RATCHET_RECIPE_PREFERENCE_SAMPLING_PROMPTS", "300");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void ratingsChangeWhatTheServedModelSaysAndEachOfThemCanBeFollowedToThePromotedVersion() throws Exception {
        try (RatchetProcess demo = RatchetProcess.start(folder, SMALLER, "demo", "--port", "0", "--data", "data")) {
            await().atMost(Duration.ofMinutes(12))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> !demo.alive() || demo.output().contains("The pages stay up"));
            assertThat(demo.alive()).as(demo.output()).isTrue();

            JsonNode report = JSON.readTree(folder.resolve("data/demo-report.json").toFile());
            assertThat(report.path("promoted").asBoolean()).as(demo.output()).isTrue();
            assertThat(report.path("served_text_changed").asBoolean()).isTrue();
            assertThat(report.path("ratings").asInt()).isGreaterThan(2_100);
            assertThat(report.path("gold_score_after").asDouble()).isGreaterThan(report.path("gold_score_before").asDouble());
            assertThat(report.path("noise_control").asText()).startsWith("refused");
            assertThat(report.path("seconds").path("total").asDouble()).isPositive();

            // Whom a lead has to talk to is found, each for what they do, and nobody else is.
            Map<String, List<String>> found = new TreeMap<>();
            report.path("reviewers").forEach(one -> found.put(one.path("name").asText(),
                    JSON.convertValue(one.path("findings"), new TypeReference<List<String>>() {})));
            assertThat(found.get("Eli")).as(demo.output()).contains("careless");
            assertThat(found.get("Lefty")).as(demo.output()).contains("left-picking");
            assertThat(found.get("Mallory")).as(demo.output()).containsExactly("adversarial");
            for (String careful : List.of("Ada", "Ben", "Cleo", "Dan")) {
                assertThat(found.get(careful)).as(careful + demo.output()).isEmpty();
            }
            String share = "[0-9.]+% \\[[^\\]]+] +";
            assertThat(demo.output()).containsPattern("Mallory +[0-9]+ +" + share + share + "0\\.00 +adversarial");

            Client client = Client.of(demo.output());
            JsonNode version = client.get("/v1/models").path("data").get(0);
            assertThat(version.path("id").asText()).isEqualTo("support-1");
            List<JsonNode> history = StreamSupport.stream(
                            client.get("/api/projects/support-1/champion/history").spliterator(), false)
                    .toList();
            assertThat(history).hasSize(2);

            JsonNode versions = client.get("/api/projects/support-1/versions").path("items");
            JsonNode candidate = StreamSupport.stream(versions.spliterator(), false)
                    .filter(each -> each.path("name").asText().startsWith("policy-"))
                    .findFirst()
                    .orElseThrow();
            JsonNode made = client.get("/api/versions/" + candidate.path("id").asLong() + "/lineage");
            assertThat(made.path("version").path("champion").asBoolean()).isTrue();
            String rating = made.path("ratings").get(0).path("ratingId").asText();

            JsonNode used = client.get("/api/ratings/" + rating + "/lineage");
            assertThat(used.path("snapshots")).isNotEmpty();
            assertThat(StreamSupport.stream(used.path("promotions").spliterator(), false)
                            .map(promotion -> promotion.path("versionId").asLong()))
                    .contains(candidate.path("id").asLong());
        }
    }

    /** The demo's visitor as a program. */
    private record Client(URI base, String authorization) {
        static Client of(String output) {
            Matcher matcher = SIGN_IN.matcher(output);
            assertThat(matcher.find()).as(output).isTrue();
            String basic = Base64.getEncoder()
                    .encodeToString(("demo:" + matcher.group(2)).getBytes(StandardCharsets.UTF_8));
            return new Client(URI.create(matcher.group(1)), "Basic " + basic);
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(base.resolve(path))
                                    .header("Authorization", authorization)
                                    .header("Accept", "application/json")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        }
    }
}
