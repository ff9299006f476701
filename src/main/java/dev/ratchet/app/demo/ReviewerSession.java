package dev.ratchet.app.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A reviewer's browser without the browser: signs in, reads the rating page and sends its form back. */
final class ReviewerSession {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI base;
    private final URI ratingPage;

    ReviewerSession(URI base, String projectSlug) {
        this.base = base;
        this.ratingPage = base.resolve("/projects/" + projectSlug + "/rate");
    }

    /** @throws IOException if the sign-in is refused */
    void signIn(String login, String password) throws IOException, InterruptedException {
        HttpResponse<String> response =
                post(base.resolve("/j_security_check"), Map.of("j_username", login, "j_password", password));
        String location = response.headers().firstValue("location").orElse("");
        if (response.statusCode() != 302 || location.contains("error")) {
            throw new IOException("The sign-in of " + login + " was refused with status " + response.statusCode());
        }
    }

    /** The task that is leased to me, or none when my queue is empty. */
    Optional<ShownTask> next() throws IOException, InterruptedException {
        return shown(http.send(
                HttpRequest.newBuilder(ratingPage).timeout(TIMEOUT).GET().build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    /** Sends a choice as the page's buttons do, and gives the next task. */
    Optional<ShownTask> rate(ShownTask task, String choice) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(task.fields());
        form.put("q.preference", choice);
        return shown(post(ratingPage, form));
    }

    private HttpResponse<String> post(URI uri, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return http.send(
                HttpRequest.newBuilder(uri)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "text/html")
                        .header("HX-Request", "true")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<ShownTask> shown(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("The rating page answered " + response.statusCode() + ": "
                    + Jsoup.parse(response.body()).text());
        }
        Document page = Jsoup.parse(response.body());
        Element form = page.getElementById("rating-form");
        if (form == null) {
            if (page.getElementById("queue-empty") == null) {
                throw new IOException("The rating page shows neither a task nor an empty queue: " + page.text());
            }
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        form.select("input[name]").forEach(input -> fields.put(input.attr("name"), input.val()));
        Element prompt = page.select(".prompt [data-role=user]").last();
        return Optional.of(new ShownTask(
                prompt == null ? "" : prompt.text(),
                page.select("#answer-A").attr("data-raw"),
                page.select("#answer-B").attr("data-raw"),
                fields));
    }
}
