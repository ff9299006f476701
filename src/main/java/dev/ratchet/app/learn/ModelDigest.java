package dev.ratchet.app.learn;

import dev.ratchet.lm.AdapterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which model it is: its name, and the SHA-256 of each file that decides what it answers. */
final class ModelDigest {
    private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf");
    private static final List<String> SETTINGS = List.of("config.json", "generation_config.json", "tokenizer.json",
            "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja", "adapter_config.json");

    private ModelDigest() {
    }

    /** Of a whole model, or of an adapter with the base that it names. */
    static Map<String, Object> of(Path path) throws IOException {
        Map<String, Object> description = ofFiles(path);
        if (AdapterFolder.is(path)) {
            description.put("base", ofFiles(AdapterFolder.basePath(path)));
        }
        return description;
    }

    /** Of what lies at the path alone: of an adapter over a base that is described beside it. */
    static Map<String, Object> ofFiles(Path path) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("source", path.toAbsolutePath().normalize().getFileName().toString());
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(ModelDigest::counts).sorted().toList()) {
                    description.put(file.getFileName().toString(), Digest.of(file));
                }
            }
        } else if (Files.exists(path)) {
            description.put("sha256", Digest.of(path));
        }
        return description;
    }

    private static boolean counts(Path file) {
        String name = file.getFileName().toString();
        return SETTINGS.contains(name) || WEIGHTS.stream().anyMatch(name::endsWith);
    }
}
