package dev.ratchet.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Reviewers who rate: at a rate that is offered whatever the server does, or each as fast as they are answered. */
final class RatingLoad {
    private static final List<String> VERDICTS = List.of("-3", "-2", "-1", "tie", "1", "2", "3", "both_bad");
    private static final int PATIENCE_SECONDS = 120;

    private final List<BenchReviewer> reviewers;
    private final IntConsumer progress;

    /** @param progress called with the ratings that are done, from any thread */
    RatingLoad(List<BenchReviewer> reviewers, IntConsumer progress) {
        this.reviewers = reviewers;
        this.progress = progress;
    }

    /**
     * Sends a rating at each moment of a timetable, by whoever has waited longest. A rating's time counts from its
     * moment in the timetable, so a server that falls behind cannot hide it by slowing the load down.
     *
     * @return milliseconds from due to answered, with the next task, of each rating
     */
    double[] paced(int ratings, double perSecond) throws Exception {
        BlockingQueue<BenchReviewer> idle = new LinkedBlockingQueue<>();
        reviewers.stream().filter(BenchReviewer::hasTask).forEach(idle::add);
        double[] millis = new double[ratings];
        List<CompletableFuture<Void>> sent = new ArrayList<>(ratings);
        AtomicInteger done = new AtomicInteger();
        long start = System.nanoTime();
        for (int i = 0; i < ratings; i++) {
            int place = i;
            long due = start + Math.round(i * 1e9 / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            BenchReviewer reviewer = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (reviewer == null) {
                throw new IllegalStateException("After " + i + " of " + ratings + " ratings nobody has a task.");
            }
            sent.add(reviewer.rate(VERDICTS.get(i % VERDICTS.size())).thenRun(() -> {
                millis[place] = (System.nanoTime() - due) / 1e6;
                if (reviewer.hasTask()) {
                    idle.add(reviewer);
                }
                progress.accept(done.incrementAndGet());
            }));
        }
        await(sent);
        return millis;
    }

    /** What rating without a pause came to. */
    record Saturated(int ratings, double seconds) {
        double perSecond() {
            return seconds == 0 ? 0 : ratings / seconds;
        }
    }

    /** Everybody rates until nothing is left for them, the next one as soon as the last one is answered. */
    Saturated saturated() throws Exception {
        AtomicInteger done = new AtomicInteger();
        long start = System.nanoTime();
        await(reviewers.stream().map(reviewer -> rateAll(reviewer, done)).toList());
        return new Saturated(done.get(), (System.nanoTime() - start) / 1e9);
    }

    private CompletableFuture<Void> rateAll(BenchReviewer reviewer, AtomicInteger done) {
        if (!reviewer.hasTask()) {
            return CompletableFuture.completedFuture(null);
        }
        return reviewer.rate(VERDICTS.get(done.get() % VERDICTS.size())).thenCompose(answered -> {
            progress.accept(done.incrementAndGet());
            return rateAll(reviewer, done);
        });
    }

    /** Waits for all of them; the first failure ends the waiting. */
    static void await(List<CompletableFuture<Void>> sent) throws Exception {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        sent.forEach(one -> one.whenComplete((nothing, failure) -> {
            if (failure != null) {
                failed.completeExceptionally(failure);
            }
        }));
        try {
            CompletableFuture.anyOf(failed, CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)))
                    .get(PATIENCE_SECONDS * 5L, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause().getMessage(), failure.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("The server has not answered for " + PATIENCE_SECONDS * 5 + " seconds.",
                    late);
        }
    }
}
