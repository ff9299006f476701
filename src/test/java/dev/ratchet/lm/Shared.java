package dev.ratchet.lm;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of reference material beside the project; what needs it is skipped where it is absent. */
public final class Shared {
    private Shared() {
    }

    /** A path below it, or the end of the test. */
    public static Path path(String below) {
        String set = System.getenv("RATCHET_SHARED");
        Path path = (set == null ? Path.of("../shared") : Path.of(set)).resolve(below);
        Assumptions.assumeTrue(Files.exists(path), () -> path.toAbsolutePath().normalize()
                + " is absent: set RATCHET_SHARED to the folder of reference material.");
        return path;
    }
}
