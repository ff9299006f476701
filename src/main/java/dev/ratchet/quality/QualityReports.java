package dev.ratchet.quality;

import dev.ratchet.project.Project;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Computes reports and keeps them until a rating changes. Counts are there at once; agreement with its intervals is
 * computed by one thread in the background, so that many leads who look cost the reviewers nothing.
 */
@ApplicationScoped
public class QualityReports {
    /** The newest ratings that agreement and the model of reviewers are computed from. */
    static final int MOST_RATINGS = 20_000;
    /** A project that is being rated changes all the time: so old a report may be before it is made anew. */
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int SMALL = 2_000;
    private static final int MOST_REPORTS = 32;
    /** How long a request waits for what is computed in the background. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final RatingReader reader;
    private final Clock clock;
    private final Executor background;
    private final Duration patience;
    private final Map<Key, Made> kept = new LinkedHashMap<>(MOST_REPORTS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Made> eldest) {
            return size() > MOST_REPORTS;
        }
    };

    private record Key(long project, QualityFilter filter, LocalDate today) {}

    private record Made(String state, QualityReport counts, CompletableFuture<QualityReport.Slow> slow) {}

    @Inject
    QualityReports(RatingReader reader, Clock clock) {
        this(reader, clock, Executors.newSingleThreadExecutor(QualityReports::thread), PATIENCE);
    }

    QualityReports(RatingReader reader, Clock clock, Executor background, Duration patience) {
        this.reader = reader;
        this.clock = clock;
        this.background = background;
        this.patience = patience;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "quality");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void stop() {
        if (background instanceof ExecutorService own) {
            own.shutdownNow();
        }
    }

    /**
     * The report of a project, at most ten seconds older than its ratings. Where agreement takes longer than a request
     * should, the report comes without it, and a later call has it.
     *
     * @throws dev.ratchet.platform.Problem 422 if the filter names a question that no version asks
     */
    public QualityReport of(Project project, QualityFilter filter) {
        return waited(made(project, filter));
    }

    /** As {@link #of}; a large project's report is not waited for where it is not complete, for a page can go first. */
    QualityReport first(Project project, QualityFilter filter) {
        Made found = made(project, filter);
        return found.counts().ratings() > SMALL && !found.slow().isDone() ? found.counts() : waited(found);
    }

    private QualityReport waited(Made found) {
        try {
            return found.counts().with(found.slow().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return found.counts();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return found.counts();
        } catch (ExecutionException failure) {
            forget(found);
            throw new IllegalStateException("The figures could not be computed", failure.getCause());
        }
    }

    private Made made(Project project, QualityFilter filter) {
        Instant now = clock.instant();
        Key key = new Key(project.id, filter, LocalDate.ofInstant(now, filter.zone()));
        Made last;
        synchronized (kept) {
            last = kept.get(key);
        }
        if (last != null && isYoungEnough(last, now)) {
            return last;
        }
        Made fresh = QuarkusTransaction.joiningExisting().call(() -> fresh(project, filter, key, last, now));
        synchronized (kept) {
            kept.put(key, fresh);
        }
        return fresh;
    }

    /**
     * What is still being computed is waited for: in a project that is being rated it would never come otherwise. A
     * small project's figures follow each rating; a large one's are made anew every ten seconds at most.
     */
    private static boolean isYoungEnough(Made last, Instant now) {
        return !last.slow().isDone() || last.counts().ratings() > SMALL
                && Duration.between(last.counts().computedAt(), now).compareTo(FRESH) < 0;
    }

    private Made fresh(Project project, QualityFilter filter, Key key, Made last, Instant now) {
        Took took = new Took();
        String state = took.of("state", () -> reader.state(project, filter));
        if (last != null && last.state().equals(state)) {
            return last;
        }
        RatingSample sample = took.of("sample", () -> reader.sample(project, filter, MOST_RATINGS));
        if (filter.question() != null && !AgreementPanel.names(sample).contains(filter.question())) {
            throw QualityFilter.refused("question",
                    "must be a question with a scale that a version of the project asks");
        }
        BurnDown burnDown = took.of("burn_down", () -> BurnDown.of(reader.created(project, filter),
                reader.completed(project, filter), reader.open(project), key.today()));
        Throughput throughput = took.of("throughput", () -> throughput(project, filter, key.today()));
        Strengths strengths = took.of("strengths", () -> Strengths.of(sample));
        QualityReport counts = new QualityReport(now, filter.zoneName(), sample.total(), sample.ratings().size(),
                burnDown, throughput, strengths, ReviewerPanel.times(sample.ratings()).orElse(null), null, null,
                took.millis());
        return new Made(state, counts, CompletableFuture.supplyAsync(() -> {
            AgreementFigures agreement = took.of("agreement", () -> new AgreementPanel(sample, filter).figures());
            List<ReviewerFigures> reviewers = took.of("reviewers", () -> new ReviewerPanel(sample).figures());
            return new QualityReport.Slow(agreement, reviewers, took.millis());
        }, background));
    }

    private Throughput throughput(Project project, QualityFilter filter, LocalDate today) {
        List<Throughput.Count> counts = reader.throughput(project, filter);
        return Throughput.of(counts, reader.names(counts.stream().map(Throughput.Count::reviewer).toList()), today);
    }

    private void forget(Made failed) {
        synchronized (kept) {
            kept.values().remove(failed);
        }
    }
}
