package dev.ratchet.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The folder through which the platform and a worker speak: all that a worker knows of the world. */
public final class RunFolder {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path root;

    public RunFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path spec() {
        return root.resolve("spec.json");
    }

    public Path inputs() {
        return root.resolve("inputs.json");
    }

    /** JSON Lines of {@link RunPrompt}. */
    public Path prompts() {
        return root.resolve("prompts.jsonl");
    }

    /** JSON Lines of {@code TrainingExamples.Example}: what is learned besides the chosen answers of pairs. */
    public Path examples() {
        return root.resolve("examples.jsonl");
    }

    /** JSON Lines of {@link RunProgress}, appended by every attempt. */
    public Path progress() {
        return root.resolve("progress.jsonl");
    }

    /** Touched by the worker every second. */
    public Path heartbeat() {
        return root.resolve("heartbeat");
    }

    /** Made by the platform to ask the worker to stop. */
    public Path cancel() {
        return root.resolve("cancel");
    }

    public Path result() {
        return root.resolve("result.json");
    }

    /** One line for people: why the worker gave up. */
    public Path error() {
        return root.resolve("error.txt");
    }

    public Path log() {
        return root.resolve("worker.log");
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    public Path output() {
        return root.resolve("output");
    }

    /** Pairs that a reward model labelled, see {@code SnapshotPair}. */
    public Path labelled() {
        return root.resolve("labelled.jsonl");
    }

    /** JSON Lines of {@code OpenTask}: what a reward model is to score before its run ends. */
    public Path tasks() {
        return root.resolve("tasks.jsonl");
    }

    /** JSON Lines of {@code TaskRewards}. */
    public Path taskRewards() {
        return root.resolve("task-rewards.jsonl");
    }

    /** Rows of an evaluation. */
    public Path evaluation() {
        return root.resolve("evaluation.jsonl");
    }

    /** Writes a value as JSON, whole or not at all. */
    public void write(Path file, Object value) {
        try {
            replace(file, writer -> writer.write(JSON.writeValueAsString(value)));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes values as JSON Lines, the file whole or not at all. */
    public void writeLines(Path file, Iterable<?> values) {
        writeLines(file, values::forEach);
    }

    /** The same for values that are never held all at once: they are given to the consumer one by one. */
    public void writeLines(Path file, Consumer<Consumer<Object>> values) {
        try {
            replace(file, writer -> values.accept(value -> {
                try {
                    writer.write(JSON.writeValueAsString(value));
                    writer.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException("Could not write " + file + ": " + e.getMessage(), e);
                }
            }));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file + ": " + e.getMessage(), e);
        }
    }

    public <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a file of JSON Lines; a malformed line is refused with its number. */
    public static <T> List<T> readLines(Path file, Class<T> type) {
        List<T> values = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (Iterator<String> iterator = lines.iterator(); iterator.hasNext(); ) {
                values.add(JSON.readValue(iterator.next(), type));
            }
            return values;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "Line %d of %s is malformed: %s".formatted(values.size() + 1, file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The result, once the worker has written it. */
    public Optional<RunResult> finished() {
        return Files.exists(result()) ? Optional.of(read(result(), RunResult.class)) : Optional.empty();
    }

    /** The worker's own word on why it gave up. */
    public Optional<String> failure() {
        try {
            return Files.exists(error()) ? Optional.of(Files.readString(error()).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + error() + ": " + e.getMessage(), e);
        }
    }

    /** Leaves the worker's word on why it gave up: one line. */
    public void fail(String reason) {
        try {
            replace(error(), writer -> writer.write(reason));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + error() + ": " + e.getMessage(), e);
        }
    }

    /** Takes away what an earlier attempt left that would mislead the next one. */
    public void beforeAttempt() {
        try {
            Files.deleteIfExists(error());
            Files.deleteIfExists(cancel());
            Files.deleteIfExists(heartbeat());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not prepare " + root + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the complete lines of the progress from a byte offset on; a line that is malformed, as a killed worker
     * leaves it, is passed over.
     *
     * @return the offset after the last complete line
     */
    public long readProgress(long offset, Consumer<RunProgress> consumer) {
        if (!Files.exists(progress())) {
            return offset;
        }
        try (RandomAccessFile file = new RandomAccessFile(progress().toFile(), "r")) {
            long available = file.length() - offset;
            if (available <= 0) {
                return offset;
            }
            byte[] bytes = new byte[(int) Math.min(available, 4 << 20)];
            file.seek(offset);
            file.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n")) {
                parse(line).ifPresent(consumer);
            }
            return offset + end;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + progress() + ": " + e.getMessage(), e);
        }
    }

    /** The last lines of the worker's log, for an error message. */
    public String lastLogLines(int count) {
        try {
            List<String> lines = Files.exists(log())
                    ? new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).lines().toList()
                    : List.of();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    private static Optional<RunProgress> parse(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(line, RunProgress.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private interface Content {
        void writeTo(BufferedWriter writer) throws IOException;
    }

    private static void replace(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
            content.writeTo(writer);
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
