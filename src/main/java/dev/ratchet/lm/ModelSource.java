package dev.ratchet.lm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a user names a model by: a folder, a GGUF file, or {@code hf:owner/name[@revision]}. */
public final class ModelSource {
    private ModelSource() {
    }

    /** As {@link #resolve(String, HubSettings, HubListener)}, with settings from the environment, in silence. */
    public static Path resolve(String text) throws IOException {
        return resolve(text, HubSettings.of(System.getenv()), HubListener.SILENT);
    }

    /**
     * The path that {@link LanguageModel#load} takes; only a name that begins with {@code hf:} asks the network.
     *
     * @throws ModelFormatException where there is no such path, or the name is none
     * @throws IOException in one line, where the hub does not give the model
     */
    public static Path resolve(String text, HubSettings settings, HubListener listener) throws IOException {
        if (text.startsWith(HubName.SCHEME)) {
            return new ModelHub(settings, listener).fetch(text);
        }
        try {
            Path path = Path.of(text);
            if (Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new ModelFormatException("'" + text + "' is no path: " + e.getReason() + ".", e);
        }
        throw new ModelFormatException(text + " is not there: give a model's folder, a .gguf file, or hf:owner/name.");
    }
}
