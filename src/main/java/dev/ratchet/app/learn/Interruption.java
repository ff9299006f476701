package dev.ratchet.app.learn;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a polite kill, during a run: the run is asked to stop after the step that it is in, and the process waits
 * for it.
 */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 300;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "interruption");
    private volatile boolean requested;
    private volatile String message;

    /** Ends a run that was interrupted, after its checkpoint was written. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted(String message) {
            super(message);
        }
    }

    private Interruption() {
    }

    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    boolean requested() {
        return requested;
    }

    /** @throws Interrupted where the run is to stop: what it did so far is kept */
    void check() {
        if (requested) {
            throw interrupted("interrupted; the same command with --resume goes on.");
        }
    }

    /** What ends the run; the message is printed when the run has ended. */
    Interrupted interrupted(String why) {
        message = why;
        return new Interrupted(why);
    }

    /** Asks the run to stop, and waits until it has. */
    void request() {
        requested = true;
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("ratchet: the step did not end; the run resumes from an earlier checkpoint.");
            } else if (message != null) {
                // Here, because the process ends with this thread, whatever the main one would still say.
                System.err.println("ratchet: " + message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook runs, and this let it go on.
        }
    }
}
