package dev.ratchet.app.learn;

import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where a run's results go. */
final class OutputOptions {
    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder of the result: the model, training.json, metrics.jsonl, and heldout.jsonl where"
                    + " rows are held out.")
    Path folder;

    @Option(names = "--resume",
            description = "Go on from the newest checkpoint in --out; the other options as before.")
    boolean resume;

    @Option(names = "--storage", paramLabel = "TYPE", defaultValue = "float32",
            description = "Type of the written weights: float32, bfloat16 or float16 (default: ${DEFAULT-VALUE}).")
    String storage;

    /**
     * Nothing that is there already may be written over.
     *
     * @throws Refusal where a folder is a file or has something in it
     */
    static void requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new Refusal(folder + " is a file; --out names a folder.");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> children = Files.list(folder)) {
                if (children.findAny().isPresent()) {
                    throw new Refusal(folder + " is not empty: name another --out.");
                }
            }
        }
    }

    /** A run never writes into what it reads, whatever that folder holds. */
    void requireApart(Path source) throws IOException {
        if (whole(folder).startsWith(whole(source))) {
            throw new Refusal("--out " + folder + " lies in " + source + ", which the run reads: name another --out.");
        }
    }

    private static Path whole(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        return Files.exists(absolute) || absolute.getParent() == null ? absolute.toRealPath()
                : whole(absolute.getParent()).resolve(absolute.getFileName());
    }

    StorageType storage() {
        try {
            return StorageType.valueOf(storage.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refusal("--storage is '" + storage + "'; known are float32, bfloat16 and float16.");
        }
    }
}
