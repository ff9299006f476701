package dev.ratchet.app.bench;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A reviewer's browser as far as the server sees it: a session cookie, the rating page, and its form sent back as htmx
 * does. One request at a time.
 */
final class BenchReviewer {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final int EXCERPT = 500;

    private final HttpClient http;
    private final URI base;
    private final String login;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private volatile URI page;
    private volatile Map<String, String> form = Map.of();

    BenchReviewer(HttpClient http, URI base, String login) {
        this.http = http;
        this.base = base;
        this.login = login;
    }

    /** Signs in with a password, once. */
    CompletableFuture<Void> signIn(String password) {
        return post(base.resolve("/j_security_check"), Map.of("j_username", login, "j_password", password))
                .thenAccept(answer -> {
                    if (answer.statusCode() != 302
                            || answer.headers().firstValue("location").orElse("").contains("error")) {
                        throw new IllegalStateException(
                                "The sign-in of " + login + " was refused with status " + answer.statusCode() + ".");
                    }
                });
    }

    /** Opens a project's rating page, which leases the first task. */
    CompletableFuture<Void> open(String slug) {
        page = base.resolve("/projects/" + slug + "/rate");
        return send(HttpRequest.newBuilder(page).GET()).thenAccept(this::read);
    }

    /** Whether the page shows a task; without one it says that nothing is left. */
    boolean hasTask() {
        return !form.isEmpty();
    }

    /** Sends the form of the page with a verdict; the answer is the next task. */
    CompletableFuture<Void> rate(String verdict) {
        Map<String, String> fields = new LinkedHashMap<>(form);
        fields.put("activeMillis", "4200");
        fields.put("q.preference", verdict);
        return post(page, fields).thenAccept(this::read);
    }

    private void read(HttpResponse<String> answer) {
        String body = answer.body();
        int begin = body.indexOf("id=\"rating-form\"");
        boolean empty = begin < 0 && body.contains("id=\"queue-empty\"");
        if (answer.statusCode() != 200 || begin < 0 && !empty) {
            throw new IllegalStateException("The rating page answered " + login + " with status " + answer.statusCode()
                    + ": " + body.substring(0, Math.min(EXCERPT, body.length())));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        if (!empty) {
            Matcher field = FIELD.matcher(body).region(begin, body.indexOf("</form>", begin));
            while (field.find()) {
                fields.put(field.group(1), field.group(2));
            }
        }
        form = fields;
    }

    private CompletableFuture<HttpResponse<String>> post(URI uri, Map<String, String> fields) {
        String body = fields.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("HX-Request", "true")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        request.timeout(TIMEOUT).header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; ")));
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
            for (String set : answer.headers().allValues("set-cookie")) {
                String pair = set.split(";", 2)[0];
                int equals = pair.indexOf('=');
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            return answer;
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
