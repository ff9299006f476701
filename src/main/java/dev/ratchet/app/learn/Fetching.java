package dev.ratchet.app.learn;

import dev.ratchet.lm.HubListener;
import dev.ratchet.lm.HubSettings;
import dev.ratchet.lm.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Finds what a user named as a model, and shows how far a download is. */
final class Fetching implements HubListener, AutoCloseable {
    private static final double MEGABYTE = 1e6;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private Progress progress;
    private String file;
    private long last;

    private Fetching() {
    }

    /**
     * The path of a model that is a folder, a GGUF file, or {@code hf:owner/name[@revision]}.
     *
     * @throws IOException in one line, where it cannot be fetched
     */
    static Path resolve(String model) throws IOException {
        try (Fetching fetching = new Fetching()) {
            return ModelSource.resolve(model, HubSettings.of(System.getenv()), fetching);
        }
    }

    @Override
    public void fetched(String name, long done, long total) {
        if (!name.equals(file)) {
            close();
            file = name;
            progress = Progress.of(name);
        }
        long now = System.nanoTime();
        if (done == total || now - last > STEP_NANOS) {
            last = now;
            progress.at(done, total < 0 ? done + 1 : total, String.format(Locale.ROOT, "%.1f MB", done / MEGABYTE));
        }
    }

    @Override
    public void unverified(String name) {
        close();
        file = null;
        System.err.println("ratchet: the hub names no checksum for " + name + "; it is taken as it came.");
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
