package dev.ratchet.app.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that a command writes one after another, so that a later run of it goes on after the last whole one. What the
 * rows were made with stands beside them, in a file that ends in {@code .settings.json}: rows of other settings do not
 * mix.
 */
final class RowsFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<JsonNode> written;

    private RowsFile(Path file, List<JsonNode> written) {
        this.file = file;
        this.written = written;
    }

    /**
     * Opens the rows of a command.
     *
     * @param settings all that decides what the rows say
     * @throws Refusal where the file is there already and is not to be resumed, or was made with other settings
     */
    static RowsFile open(Path file, Map<String, Object> settings, boolean resume) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".settings.json");
        JsonNode own = JSON.readTree(JSON.writeValueAsBytes(settings));
        if (Files.exists(file) && !resume) {
            throw new Refusal(file + " exists already: --resume goes on with it, or name another --out.");
        }
        if (Files.exists(file)) {
            JsonNode earlier = Files.exists(beside) ? JSON.readTree(beside.toFile()) : JSON.nullNode();
            if (!earlier.equals(own)) {
                throw new Refusal(file + " was made with other settings (" + differing(earlier, own)
                        + "): give those again, or name another --out.");
            }
        }
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        if (Files.exists(file)) {
            return new RowsFile(file, whole(file));
        }
        Path draft = beside.resolveSibling(beside.getFileName() + ".tmp");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(own));
        Files.move(draft, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return new RowsFile(file, new ArrayList<>());
    }

    private static String differing(JsonNode earlier, JsonNode own) {
        List<String> names = new ArrayList<>();
        own.properties().stream().filter(e -> !e.getValue().equals(earlier.path(e.getKey())))
                .forEach(e -> names.add(e.getKey()));
        return names.isEmpty() ? "unknown" : String.join(", ", names);
    }

    /** The rows up to the first that is cut, which a killed run leaves; only what follows them is cut off the file. */
    private static List<JsonNode> whole(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(file);
        int good = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                try {
                    rows.add(JSON.readTree(bytes, good, i - good));
                    good = i + 1;
                } catch (JsonProcessingException e) {
                    break;
                }
            }
        }
        // What follows the last line break is a cut row too.
        if (good < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(good);
            }
        }
        return rows;
    }

    List<JsonNode> rows() {
        return List.copyOf(written);
    }

    int size() {
        return written.size();
    }

    void add(List<? extends Map<String, ?>> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map<String, ?> row : rows) {
            String line = JSON.writeValueAsString(new LinkedHashMap<>(row));
            text.append(line).append('\n');
            written.add(JSON.readTree(line));
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
