package dev.ratchet.app.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A reviewer's browser as far as the server sees it: a session cookie, the rating page, and its form sent back as htmx
 * does. One request at a time.
 */
final class BenchReviewer {
    private static final int TIMEOUT_SECONDS = 60;
    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final int EXCERPT = 500;

    private final HttpClient http;
    private final URI base;
    private final String login;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private volatile String page;
    private volatile Map<String, String> form = Map.of();

    BenchReviewer(HttpClient http, URI base, String login) {
        this.http = http;
        this.base = base;
        this.login = login;
    }

    /** Signs in with a password, once. */
    CompletableFuture<Void> signIn(String password) {
        return post(base.resolve("/j_security_check").toString(), Map.of("j_username", login, "j_password", password))
                .thenAccept(answer -> {
                    if (answer.status() != 302
                            || answer.headers().get(HttpHeaders.LOCATION).contains("error")) {
                        throw new IllegalStateException(
                                "The sign-in of " + login + " was refused with status " + answer.status() + ".");
                    }
                });
    }

    /** Opens a project's rating page, which leases the first task. */
    CompletableFuture<Void> open(String slug) {
        page = base.resolve("/projects/" + slug + "/rate").toString();
        return send(HttpMethod.GET, page, null).thenAccept(this::read);
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

    private void read(Answer answer) {
        String body = answer.body();
        int begin = body.indexOf("id=\"rating-form\"");
        boolean empty = begin < 0 && body.contains("id=\"queue-empty\"");
        if (answer.status() != 200 || begin < 0 && !empty) {
            throw new IllegalStateException("The rating page answered " + login + " with status " + answer.status()
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

    private CompletableFuture<Answer> post(String uri, Map<String, String> fields) {
        String body = fields.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpMethod.POST, uri, body);
    }

    /** @param form what is sent as a form; null for nothing */
    private CompletableFuture<Answer> send(HttpMethod method, String uri, String form) {
        return http.request(new RequestOptions().setMethod(method).setAbsoluteURI(uri))
                .compose(request -> {
                    request.putHeader(HttpHeaders.ACCEPT, "text/html");
                    if (!cookies.isEmpty()) {
                        request.putHeader(HttpHeaders.COOKIE, cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
                    }
                    if (form == null) {
                        return request.send();
                    }
                    request.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded");
                    request.putHeader("HX-Request", "true");
                    return request.send(form);
                })
                .compose(response -> response.body().map(body -> new Answer(response.statusCode(), response.headers(),
                        body.toString(StandardCharsets.UTF_8))))
                .map(this::keepCookies)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private Answer keepCookies(Answer answer) {
        for (String set : answer.headers().getAll(HttpHeaders.SET_COOKIE)) {
            String pair = set.split(";", 2)[0];
            int equals = pair.indexOf('=');
            cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return answer;
    }

    /** What the server answered. */
    private record Answer(int status, MultiMap headers, String body) {}

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
