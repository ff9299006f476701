package dev.ratchet.app.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a rating is stored and the next task there, with many reviewers at once. */
@Command(
        name = "rating",
        description = {
            "Many signed-in reviewers rate over HTTP as the rating page does: one request stores the rating and is"
                    + " answered with the next task, as HTML. First at a rate that is offered whatever the server"
                    + " does (a rating's time counts from when it was due), then as fast as it goes until no task is"
                    + " left.",
            "Starts a server of its own on a free port with temporary data, and warms it up on another project."
                    + " Ends with 1 if PostgreSQL does not hold each rating exactly once."},
        mixinStandardHelpOptions = true)
final class RatingBench implements Callable<Integer> {
    private static final int SIGN_INS_AT_ONCE = 4;
    private static final int LINE_WIDTH = 100;

    @Option(names = "--reviewers", paramLabel = "N", defaultValue = "200",
            description = "reviewers at once (default: ${DEFAULT-VALUE})")
    private int reviewers;

    @Option(names = "--tasks", paramLabel = "N", defaultValue = "2000",
            description = "tasks (default: ${DEFAULT-VALUE})")
    private int tasks;

    @Option(names = "--overlap", paramLabel = "N", defaultValue = "3",
            description = "ratings of each task (default: ${DEFAULT-VALUE})")
    private int overlap;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "100",
            description = "ratings a second that the first phase offers (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--paced", paramLabel = "N", description = "ratings of the first phase; half of all otherwise")
    private Integer paced;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "6000",
            description = "ratings before, on another project (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--url", paramLabel = "URL",
            description = "a server that runs already and was started with -Dratchet.bench.password=…, .reviewers,"
                    + " .tasks, .overlap and .warm-up as here")
    private URI url;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "with --url: the reviewers' password")
    private String password;

    @Option(names = "--database", paramLabel = "JDBC-URL",
            description = "with --url: the server's PostgreSQL with its account, for counting what was stored")
    private String database;

    @Override
    public Integer call() throws Exception {
        if (reviewers < overlap || tasks < 1 || overlap < 1 || rate <= 0 || warmUp < 0) {
            throw new IllegalArgumentException("--reviewers must be at least --overlap; --tasks and --overlap at"
                    + " least 1; --rate above 0; --warm-up 0 or more.");
        }
        if (url != null) {
            if (password == null || database == null) {
                throw new IllegalArgumentException("--url needs --password and --database.");
            }
            return measure(url, password, database);
        }
        String secret = UUID.randomUUID().toString();
        System.out.println("The server starts, and makes accounts and tasks.");
        try (BenchServer server = BenchServer.start(
                Map.of("ratchet.bench.reviewers", reviewers, "ratchet.bench.tasks", tasks,
                        "ratchet.bench.overlap", overlap, "ratchet.bench.warm-up", warmUp),
                Map.of("RATCHET_BENCH_PASSWORD", secret))) {
            return measure(server.address(), secret, server.database());
        }
    }

    private int measure(URI base, String secret, String counted) throws Exception {
        int all = tasks * overlap;
        int offered = paced == null ? all / 2 : Math.min(paced, all);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            HttpClient http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(reviewers));
            List<BenchReviewer> people = new ArrayList<>();
            for (int i = 0; i < reviewers; i++) {
                people.add(new BenchReviewer(http, base, RatingBenchProject.login(i)));
            }
            shown("Reviewers sign in", reviewers, done -> signIn(people, secret, done));
            if (warmUp > 0) {
                open(people, RatingBenchProject.WARM_UP);
                shown("Warm-up", warmUp, done -> new RatingLoad(people, done).saturated());
            }
            open(people, RatingBenchProject.MEASURED);
            double[] millis = shown(String.format(Locale.ROOT, "%.0f a second", rate), offered,
                    done -> new RatingLoad(people, done).paced(offered, rate));
            RatingLoad.Saturated saturated = shown("As fast as it goes", all - offered,
                    done -> new RatingLoad(people, done).saturated());
            return report(millis, saturated, RatingCounts.of(counted, RatingBenchProject.MEASURED), all);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Void signIn(List<BenchReviewer> people, String secret, IntConsumer done) throws Exception {
        // Checking a password is meant to be slow: a few at once keep every processor busy.
        for (int i = 0; i < people.size(); i += SIGN_INS_AT_ONCE) {
            int end = Math.min(people.size(), i + SIGN_INS_AT_ONCE);
            RatingLoad.await(people.subList(i, end).stream().map(person -> person.signIn(secret)).toList());
            done.accept(end);
        }
        return null;
    }

    private static void open(List<BenchReviewer> people, String slug) throws Exception {
        List<CompletableFuture<Void>> opened = people.stream().map(person -> person.open(slug)).toList();
        RatingLoad.await(opened);
    }

    private int report(double[] millis, RatingLoad.Saturated saturated, RatingCounts counts, int all) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int ratings = millis.length + saturated.ratings();
        System.out.printf(Locale.ROOT, "%d ratings by %d reviewers: at %.0f a second half are answered within %.1f"
                        + " ms, 99 of 100 within %.1f ms; as fast as it goes %.0f a second.%n",
                ratings, reviewers, rate, percentile(sorted, 50), percentile(sorted, 99), saturated.perSecond());
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", "rating");
        figures.put("reviewers", reviewers);
        figures.put("tasks", tasks);
        figures.put("overlap", overlap);
        figures.put("warm_up", warmUp);
        figures.put("ratings", ratings);
        figures.put("stored", counts.stored());
        figures.put("events", counts.events());
        figures.put("duplicates", counts.duplicates());
        figures.put("over_overlap", counts.overOverlap());
        figures.put("with_room", counts.withRoom());
        String offered = String.format(Locale.ROOT, "%.0f", rate);
        figures.put("p50_ms_at_" + offered, BenchOptions.rounded(percentile(sorted, 50)));
        figures.put("p99_ms_at_" + offered, BenchOptions.rounded(percentile(sorted, 99)));
        figures.put("max_ms_at_" + offered, BenchOptions.rounded(percentile(sorted, 100)));
        figures.put("per_second_saturated", BenchOptions.rounded(saturated.perSecond()));
        BenchOptions.printJson(figures);
        return ratings == all && counts.equals(new RatingCounts(all, all, 0, 0, 0)) ? 0 : 1;
    }

    /** The nearest-rank percentile of sorted values; 0 of none. */
    static double percentile(double[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted.length == 0 ? 0 : sorted[Math.max(rank, 1) - 1];
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(IntConsumer done) throws Exception;
    }

    private static <T> T shown(String name, int total, Work<T> work) throws Exception {
        try (ProgressBar bar = ProgressBar.builder().setTaskName(String.format("%-20s", name)).setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(500)
                .setConsumer(new ConsoleProgressBarConsumer(System.out, LINE_WIDTH)).build()) {
            return work.run(bar::stepTo);
        }
    }
}
