package dev.ratchet.feedback;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A thread that repeats one step until it is closed, rests when there is nothing to do, and backs off when it fails.
 */
final class StreamLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StreamLoop.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Duration rest;
    private final Duration linger;
    private final Step step;
    private final Runnable atEnd;
    private final Thread thread;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch stop = new CountDownLatch(1);

    /** What is repeated. */
    interface Step {
        /** @return whether there may be more to do at once */
        boolean run() throws Exception;
    }

    /**
     * @param rest how long to wait after a step that found nothing more
     * @param linger how long a step that was asked for waits, so that it does more at once
     * @param atEnd frees what the step holds; runs on the same thread
     */
    StreamLoop(String name, Duration rest, Duration linger, Step step, Runnable atEnd) {
        this.rest = rest;
        this.linger = linger;
        this.step = step;
        this.atEnd = atEnd;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Ends the rest: there is something to do. */
    void poke() {
        work.release();
    }

    /** Lets the step that runs end, and waits for it. */
    @Override
    public void close() {
        stop.countDown();
        poke();
        try {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration backOff = FIRST_BACK_OFF;
        try {
            while (stop.getCount() > 0) {
                try {
                    work.drainPermits();
                    boolean more = step.run();
                    backOff = FIRST_BACK_OFF;
                    if (!more && work.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                        stop.await(linger.toMillis(), TimeUnit.MILLISECONDS);
                    }
                } catch (InterruptedException interrupted) {
                    throw interrupted;
                } catch (Exception failure) {
                    LOG.warnf("%s failed and tries again in %d ms: %s", thread.getName(), backOff.toMillis(), failure);
                    LOG.debug("The failure", failure);
                    stop.await(backOff.toMillis(), TimeUnit.MILLISECONDS);
                    Duration twice = backOff.multipliedBy(2);
                    backOff = twice.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : twice;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            atEnd.run();
        }
    }
}
