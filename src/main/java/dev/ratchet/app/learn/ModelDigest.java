package dev.ratchet.app.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which weights a model has: its name, and the SHA-256 of each of its weight files. */
final class ModelDigest {
    private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf");

    private ModelDigest() {
    }

    static Map<String, Object> of(Path path) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("source", path.toAbsolutePath().normalize().getFileName().toString());
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(ModelDigest::isWeights).sorted().toList()) {
                    description.put(file.getFileName().toString(), Digest.of(file));
                }
            }
        } else if (Files.exists(path)) {
            description.put("sha256", Digest.of(path));
        }
        return description;
    }

    private static boolean isWeights(Path file) {
        return WEIGHTS.stream().anyMatch(file.toString()::endsWith);
    }
}
