package dev.ratchet.platform;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which everything lives. */
@Singleton
public class DataFolder {
    private final Path root;

    DataFolder(RatchetConfig config) {
        root = config.data().toAbsolutePath().normalize();
    }

    /** Absolute path of the folder itself. */
    public Path root() {
        return made(root);
    }

    /** Immutable artefacts: model versions and snapshots. */
    public Path artefacts() {
        return made(root.resolve("artefacts"));
    }

    /** One folder for each run: spec, progress, checkpoints, result. */
    public Path runs() {
        return made(root.resolve("runs"));
    }

    /** Files that came in to be imported, as they were sent. */
    public Path imports() {
        return made(root.resolve("imports"));
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("The data folder " + folder + " cannot be made: check that its parent exists"
                    + " and may be written, or choose another with --data", failure);
        }
    }
}
