package dev.ratchet.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for application tests, into whose instances JUnit injects no temporary folder. */
public final class TestFolders {

    private TestFolders() {}

    /** A new folder within {@code target/}. */
    public static Path create() {
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            return Files.createTempDirectory(target, "test-folder-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
