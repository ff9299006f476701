package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import dev.ratchet.tensor.TensorFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of one run: folders named {@code step-N}, each written under another name first and then renamed,
 * so that one that is there is whole. The last two are kept.
 */
final class Checkpoints {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT = 2;

    private final Path folder;
    private final String run;

    /**
     * One checkpoint.
     *
     * @param best weights that a trainer keeps beside the current ones, or null
     * @param notes numbers that a trainer wants back
     */
    record Checkpoint(int step, Map<String, Tensor> weights, Map<String, Tensor> optimiser, Map<String, Tensor> best,
            Map<String, Double> notes) {
    }

    /** @param run what the run is, in words or as a digest: a checkpoint of another run is refused */
    Checkpoints(Path folder, String run) {
        this.folder = folder;
        this.run = run;
    }

    void write(Checkpoint checkpoint) {
        String name = "step-" + String.format("%09d", checkpoint.step);
        Path draft = folder.resolve(name + ".tmp");
        try {
            Files.createDirectories(folder);
            delete(draft);
            Files.createDirectories(draft);
            save(draft, "weights", checkpoint.weights);
            save(draft, "optimiser", checkpoint.optimiser);
            if (checkpoint.best != null) {
                save(draft, "best", checkpoint.best);
            }
            write(draft.resolve("state.json"), JSON.writeValueAsBytes(Map.of("step", checkpoint.step, "run", run,
                    "best", checkpoint.best != null, "notes", checkpoint.notes)));
            delete(folder.resolve(name));
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            List<Path> all = list();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                delete(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint of step " + checkpoint.step + " could not be written to "
                    + folder, e);
        }
    }

    /** On the disk before the folder gets its name. */
    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void save(Path folder, String name, Map<String, Tensor> tensors) throws IOException {
        Safetensors.write(folder.resolve(name + ".safetensors"), tensors, StorageType.FLOAT32, Map.of());
    }

    /**
     * The newest checkpoint of this run that can be read.
     *
     * @throws IllegalStateException where the newest one belongs to another run
     */
    Optional<Checkpoint> newest() {
        List<Path> all = list();
        for (int i = all.size() - 1; i >= 0; i--) {
            Path path = all.get(i);
            try {
                JsonNode state = JSON.readTree(path.resolve("state.json").toFile());
                if (state == null || !state.path("run").isTextual() || !state.path("step").isInt()) {
                    continue;
                }
                if (!state.path("run").asText().equals(run)) {
                    throw new IllegalStateException(path
                            + " is a checkpoint of another run: its data, settings or model"
                            + " differ. Give an empty folder to start anew.");
                }
                Map<String, Double> notes = new LinkedHashMap<>();
                state.path("notes").properties().forEach(e -> notes.put(e.getKey(), e.getValue().asDouble()));
                return Optional.of(new Checkpoint(state.path("step").asInt(), read(path, "weights"),
                        read(path, "optimiser"), state.path("best").asBoolean() ? read(path, "best") : null, notes));
            } catch (IOException | TensorFormatException e) {
                // A damaged checkpoint loses some steps, not the run: the one before it is tried.
                continue;
            }
        }
        return Optional.empty();
    }

    private static Map<String, Tensor> read(Path folder, String name) throws IOException {
        Safetensors file = Safetensors.open(folder.resolve(name + ".safetensors"));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String tensor : file.names()) {
            tensors.put(tensor, file.floats(tensor));
        }
        return tensors;
    }

    private List<Path> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(p -> p.getFileName().toString().matches("step-\\d+")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
