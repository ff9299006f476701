package dev.ratchet.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a lead waits for the quality page of a large project, and for which of its figures. */
@Command(
        name = "quality",
        description = {
            "Fills a project with ratings by SQL and asks for its quality page: each time with another filter, so that"
                    + " nothing is kept from before, and once more as it was, which is what a second look costs.",
            "Starts a server of its own on a free port with temporary data. Ends with 1 if the page counts other"
                    + " ratings than there are."},
        mixinStandardHelpOptions = true)
final class QualityBench implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int POLL_MILLIS = 20;

    @Option(names = "--ratings", paramLabel = "N", defaultValue = "100000",
            description = "ratings, three of each task (default: ${DEFAULT-VALUE})")
    private int ratings;

    @Option(names = "--reviewers", paramLabel = "N", defaultValue = "23",
            description = "reviewers, 7 or more (default: ${DEFAULT-VALUE})")
    private int reviewers;

    @Option(names = "--times", paramLabel = "N", defaultValue = "5",
            description = "how often the page is asked for; the first is told apart (default: ${DEFAULT-VALUE})")
    private int times;

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Override
    public Integer call() throws Exception {
        if (ratings < QualityBenchProject.OVERLAP || reviewers < QualityBenchProject.FEWEST || times < 2) {
            throw new IllegalArgumentException("--ratings must be at least " + QualityBenchProject.OVERLAP
                    + ", --reviewers " + QualityBenchProject.FEWEST + ", --times 2.");
        }
        // Known to this process and its server alone.
        String password = UUID.randomUUID().toString();
        System.out.println("The server starts, and is filled.");
        try (BenchServer server = BenchServer.start(Map.of("ratchet.roles", "web"),
                Map.of("RATCHET_ADMIN_PASSWORD", password))) {
            new RowsOverHttp(server.address(), password).makeProject();
            long filled = QualityBenchProject.fill(server.database(), "bench", ratings, reviewers);
            signIn(server.address(), password);
            return measure(server.address(), filled);
        }
    }

    private int measure(URI server, long filled) throws Exception {
        List<Double> page = new ArrayList<>();
        List<Double> complete = new ArrayList<>();
        Map<String, List<Double>> parts = new TreeMap<>();
        long counted = 0;
        for (int time = 0; time < times; time++) {
            // No rating is so new: the filter leaves none out.
            String filter = "?to=2199-01-%02d".formatted(time + 1);
            long asked = System.nanoTime();
            get(server.resolve("/projects/bench/quality" + filter));
            page.add(seconds(asked));
            JsonNode report = report(server, filter);
            complete.add(seconds(asked));
            report.path("tookMillis").fields().forEachRemaining(part -> parts
                    .computeIfAbsent(part.getKey(), name -> new ArrayList<>()).add(part.getValue().asDouble() / 1000));
            counted = report.path("ratings").asLong();
        }
        long again = System.nanoTime();
        get(server.resolve("/projects/bench/quality?to=2199-01-%02d".formatted(times)));
        double second = seconds(again);

        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bench", "quality");
        json.put("ratings", counted);
        json.put("reviewers", reviewers);
        json.put("first_page_seconds", BenchOptions.rounded(page.get(0)));
        json.put("first_complete_seconds", BenchOptions.rounded(complete.get(0)));
        json.put("page_seconds", warm(page));
        json.put("complete_seconds", warm(complete));
        json.put("second_look_seconds", BenchOptions.rounded(second));
        parts.forEach((part, seconds) -> {
            System.out.printf(Locale.ROOT, "%-12s %.3f s, the first time %.3f s%n", part, warm(seconds),
                    seconds.get(0));
            json.put(part + "_seconds", warm(seconds));
        });
        System.out.printf(Locale.ROOT, "page %.2f s, all figures after %.2f s; the first time %.2f s and %.2f s%n",
                warm(page), warm(complete), page.get(0), complete.get(0));
        BenchOptions.printJson(json);
        return counted == filled ? 0 : 1;
    }

    private JsonNode report(URI server, String filter) throws IOException, InterruptedException {
        while (true) {
            JsonNode report = JSON.readTree(get(server.resolve("/api/projects/bench/quality" + filter)));
            if (!report.path("agreement").isNull()) {
                return report;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** By the form, as a lead does: to check a password with each request takes longer than the page. */
    private void signIn(URI server, String password) throws IOException, InterruptedException {
        http.send(HttpRequest.newBuilder(server.resolve("/j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("j_username=admin&j_password=" + password)).build(),
                HttpResponse.BodyHandlers.discarding());
        get(server.resolve("/projects/bench"));
    }

    private String get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address).GET().build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** The median of all but the first. */
    private static double warm(List<Double> seconds) {
        double[] sorted = seconds.stream().skip(1).mapToDouble(Double::doubleValue).sorted().toArray();
        return BenchOptions.rounded(RatingBench.percentile(sorted, 50));
    }
}
