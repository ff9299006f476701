package dev.ratchet.app.learn;

import dev.ratchet.tensor.StorageType;
import java.nio.file.Path;
import java.util.Locale;
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

    StorageType storage() {
        try {
            return StorageType.valueOf(storage.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refusal("--storage is '" + storage + "'; known are float32, bfloat16 and float16.");
        }
    }
}
