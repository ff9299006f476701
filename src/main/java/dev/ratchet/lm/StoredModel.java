package dev.ratchet.lm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A model on disk, before its weights are read. */
public sealed interface StoredModel permits ModelFolder, GgufModel, MergedModel {
    /**
     * Opens a Hugging Face folder, a GGUF file, or the folder of a LoRA adapter, merged into the base that it names.
     *
     * @throws ModelFormatException in one line, where it is neither, or holds no model of a known family
     */
    static StoredModel open(Path path) {
        if (AdapterFolder.is(path)) {
            return MergedModel.of(path, AdapterFolder.basePath(path));
        }
        if (Files.isDirectory(path)) {
            Optional<Path> gguf = ModelFolder.onlyGguf(path);
            return gguf.isPresent() ? GgufModel.open(gguf.get()) : ModelFolder.open(path);
        }
        if (Files.isRegularFile(path) && path.toString().toLowerCase(Locale.ROOT).endsWith(".gguf")) {
            return GgufModel.open(path);
        }
        throw new ModelFormatException(path + (Files.exists(path) ? " is no folder and no .gguf file."
                : " is no folder."));
    }

    ModelConfig config();

    /** The weights that the configuration asks for, each of which is checked when it is read. */
    Weights weights();

    /** {@code tokenizer.json} and what else of tokenizer and template there is, by file name. */
    Map<String, byte[]> tokenizerFiles();

    /** Tokenizer and chat template, ready for use. */
    ConversationEncoder encoder();
}
