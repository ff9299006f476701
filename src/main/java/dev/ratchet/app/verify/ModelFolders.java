package dev.ratchet.app.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of models that a reference folder speaks of by name. */
record ModelFolders(Path root) {
    /**
     * A model by the name that reference material gives it, such as {@code stories260k},
     * {@code models/stories260k} or {@code models/NAME (GGUF Q4_1, decoded to float32)}.
     *
     * @return its folder, or its GGUF file where the name asks for that or the folder holds no other weights
     */
    Path find(String name) throws IOException {
        String bare = name.replaceFirst("\\s*\\(.*", "").replaceFirst("/+$", "").replaceFirst("^.*/", "");
        Path folder = root.resolve(bare);
        if (bare.isEmpty() || !Files.isDirectory(folder)) {
            throw new IOException("the model " + folder + " is missing");
        }
        boolean asked = name.toLowerCase(java.util.Locale.ROOT).contains("gguf");
        boolean weights = Files.exists(folder.resolve("model.safetensors"))
                || Files.exists(folder.resolve("model.safetensors.index.json"));
        if (!asked && weights) {
            return folder;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> f.toString().endsWith(".gguf")).sorted().toList();
            if (found.isEmpty()) {
                throw new IOException(folder + " holds no " + (asked ? "GGUF file" : "weights"));
            }
            return found.get(0);
        }
    }
}
