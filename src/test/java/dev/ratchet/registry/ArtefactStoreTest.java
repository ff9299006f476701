package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.platform.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactStoreTest {
    @TempDir
    Path folder;

    private ArtefactStore store;
    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        store = new ArtefactStore(folder.resolve("artefacts"));
        model = folder.resolve("model");
        Files.createDirectories(model.resolve("deep"));
        Files.writeString(model.resolve("config.json"), "{}");
        Files.writeString(model.resolve("deep/weights"), "1 2 3");
    }

    @Test
    void whatIsStoredIsFoundUnchangedUnderItsDigest() throws IOException {
        Artefact artefact = store.store(model, "models");
        assertThat(artefact.path()).isEqualTo("models/" + artefact.digest().substring(0, 2) + "/" + artefact.digest());
        assertThat(artefact.files()).containsOnlyKeys("config.json", "deep/weights");
        assertThat(store.resolve(artefact.path()).resolve("deep/weights")).hasContent("1 2 3");
        store.verify(artefact);
    }

    @Test
    void theDigestIsThatOfSha256sumOverTheSortedList() {
        // printf '1 2 3' | sha256sum, printf '{}' | sha256sum, and sha256sum over both lines.
        Artefact artefact = store.store(model, "models");
        assertThat(artefact.files().get("config.json"))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(artefact.digest())
                .isEqualTo(Digests.ofText(artefact.files().get("config.json") + "  config.json\n"
                        + artefact.files().get("deep/weights") + "  deep/weights\n"));
    }

    @Test
    void theSameContentIsStoredOnce() {
        assertThat(store.store(model, "models")).isEqualTo(store.store(model, "models"));
    }

    @Test
    void aChangedFileIsRefusedByName() throws IOException {
        Artefact artefact = store.store(model, "models");
        Files.writeString(store.resolve(artefact.path()).resolve("deep/weights"), "1 2 4");
        assertThatThrownBy(() -> store.verify(artefact))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("file 'deep/weights' was changed");
    }

    @Test
    void aMissingFileIsRefusedByName() throws IOException {
        Artefact artefact = store.store(model, "models");
        Files.delete(store.resolve(artefact.path()).resolve("config.json"));
        assertThatThrownBy(() -> store.verify(artefact)).hasMessageContaining("file 'config.json' is missing");
    }

    @Test
    void anAddedFileIsRefusedByName() throws IOException {
        Artefact artefact = store.store(model, "models");
        Files.writeString(store.resolve(artefact.path()).resolve("more.bin"), "");
        assertThatThrownBy(() -> store.verify(artefact)).hasMessageContaining("file 'more.bin' was added");
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Files.createSymbolicLink(model.resolve("link"), Path.of("/etc/hostname"));
        assertThatThrownBy(() -> store.store(model, "models"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("link is not a plain file");
    }

    @Test
    void aPathThatLeavesTheStoreIsRefused() {
        assertThatThrownBy(() -> store.resolve("../secret")).isInstanceOf(IllegalArgumentException.class);
    }
}
