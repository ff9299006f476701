package dev.ratchet.lm;

/** Hears how much of a file has been fetched. */
@FunctionalInterface
public interface HubListener {
    HubListener SILENT = (file, done, total) -> { };

    /** @param total bytes of the file, or -1 where the hub does not say */
    void fetched(String file, long done, long total);

    /** Hears that the hub names no checksum for a file, which is taken as it came. */
    default void unverified(String file) {
    }
}
