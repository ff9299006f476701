package dev.ratchet.app.demo;

import dev.ratchet.platform.DataFolder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The demo's base model, laid out as a Hugging Face folder below the data folder. */
@ApplicationScoped
public class BaseModelFolder {

    private static final List<String> FILES = List.of(
            "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors");

    @Inject
    DataFolder data;

    /** Copies the model out of the class path, over what an older version of the program may have left. */
    Path path() {
        Path folder = data.root().resolve("demo-base");
        try {
            Files.createDirectories(folder);
            for (String file : FILES) {
                try (InputStream in = BaseModelFolder.class.getResourceAsStream("/demo/base/" + file)) {
                    if (in != null) {
                        Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The demo's base model cannot be written to " + folder + ": " + e.getMessage(), e);
        }
        return folder;
    }
}
