package dev.ratchet.lm;

/** Hears how much of a piece of work is done. */
@FunctionalInterface
public interface ProgressListener {
    ProgressListener SILENT = (done, total) -> { };

    void progress(int done, int total);
}
