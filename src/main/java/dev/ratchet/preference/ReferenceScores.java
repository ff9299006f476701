package dev.ratchet.preference;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Log-probabilities of replies under a reference, computed once for all steps and kept in a file that is named for the
 * tokens, the reference's weights and the compute type.
 */
final class ReferenceScores {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reference reference;
    private final FrozenPolicy frozen;
    private final ComputeType type;
    private final Path folder;

    /** What the file holds: the key in full, and one value per continuation. */
    private record Stored(String key, double[] values) {
    }

    /** @param checkpoints where the file lies if the reference names no folder; null for no file */
    ReferenceScores(Reference reference, LanguageModel policy, ComputeType type, Path checkpoints) {
        this.reference = reference;
        this.frozen = FrozenPolicy.beforeTraining(reference, policy);
        this.type = type;
        this.folder = reference.cache() == null ? checkpoints : reference.cache();
    }

    /** Tells a run's listener how far they are. */
    static ProgressListener listener(TrainingListener run) {
        return (done, total) -> run.preparing("Reference", done, total);
    }

    /** One value per continuation, in the rows' order. */
    double[] of(List<Row> rows, ProgressListener listener) {
        if (folder == null) {
            return compute(rows, listener);
        }
        String key = key(rows);
        Path file = folder.resolve("reference-" + key.substring(0, 16) + ".json");
        int continuations = rows.stream().mapToInt(r -> r.continuations().size()).sum();
        return read(file).filter(s -> s.key.equals(key) && s.values.length == continuations).map(Stored::values)
                .orElseGet(() -> {
                    double[] values = compute(rows, listener);
                    write(file, new Stored(key, values));
                    return values;
                });
    }

    private double[] compute(List<Row> rows, ProgressListener listener) {
        return frozen.evaluate(rows, Decoder.Head.LOG_PROBABILITY, type, listener);
    }

    private static Optional<Stored> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), Stored.class)) : Optional.empty();
        } catch (IOException e) {
            // A damaged file costs one more computation.
            return Optional.empty();
        }
    }

    private static void write(Path file, Stored stored) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "reference-", ".tmp");
            JSON.writeValue(draft.toFile(), stored);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The reference's log-probabilities could not be written to " + file, e);
        }
    }

    private String key(List<Row> rows) {
        MessageDigest sha = sha();
        String version = reference.version() == null ? frozen.digest() : reference.version();
        sha.update((version + "|" + type).getBytes(StandardCharsets.UTF_8));
        for (Row row : rows) {
            update(sha, row.prompt());
            row.continuations().forEach(continuation -> update(sha, continuation));
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void update(MessageDigest sha, int[] tokens) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * tokens.length + 4).putInt(tokens.length);
        bytes.asIntBuffer().put(tokens);
        sha.update(bytes.array());
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
