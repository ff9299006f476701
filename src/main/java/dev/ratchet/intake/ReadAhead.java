package dev.ratchet.intake;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;

/**
 * Makes the next thing in a thread of its own while its owner works at the last one; never more than one waits.
 *
 * @param <T> what is made
 */
final class ReadAhead<T> implements AutoCloseable {
    private final BlockingQueue<Made<T>> ready = new ArrayBlockingQueue<>(1);
    private final Thread thread;

    /** @param next makes the next thing; null at the end. It is called by one thread, and not after it has failed */
    ReadAhead(String name, Callable<T> next) {
        thread = new Thread(() -> make(next), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void make(Callable<T> next) {
        try {
            Made<T> made;
            do {
                made = one(next);
                ready.put(made);
            } while (made.thing() != null);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> Made<T> one(Callable<T> next) throws InterruptedException {
        try {
            return new Made<>(next.call(), null);
        } catch (InterruptedException closed) {
            throw closed;
        } catch (Exception | Error failure) {
            // Thrown again where the thing is asked for.
            return new Made<>(null, failure);
        }
    }

    /**
     * The next thing; null at the end.
     *
     * @throws IOException if making it failed so
     */
    T next() throws IOException {
        Made<T> made;
        try {
            made = ready.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("The node stops", stopped);
        }
        if (made.failure() instanceof IOException failure) {
            throw failure;
        } else if (made.failure() instanceof RuntimeException failure) {
            throw failure;
        } else if (made.failure() != null) {
            throw new IllegalStateException("What comes next cannot be read", made.failure());
        }
        return made.thing();
    }

    /** Stops the thread and waits for its end: what it reads from can be closed then. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Made<T>(T thing, Throwable failure) {}
}
