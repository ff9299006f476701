package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models come from a hub whole and unchanged, or not at all. */
class ModelHubTest {
    private static final String NAME = "hf:someone/tiny";

    @TempDir
    Path folder;
    private Path model;
    private TestHub hub;

    @BeforeEach
    void serveATinyModel() throws IOException {
        model = folder.resolve("model");
        try (LanguageModel tiny = TinyModel.create(model, false, 5)) {
            tiny.save(model, StorageType.FLOAT32);
        }
        hub = new TestHub();
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                hub.files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        hub.files.put("pytorch_model.bin", new byte[] {1});
        hub.files.put("../../evil", new byte[] {1});
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private HubSettings settings(String token, boolean offline) {
        return new HubSettings(hub.address(), token, folder.resolve("cache"), offline, 3, Duration.ofSeconds(10));
    }

    private Path fetch(String name) throws IOException {
        return ModelSource.resolve(name, settings(null, false), HubListener.SILENT);
    }

    private void refused(String name, String... words) {
        assertThatThrownBy(() -> fetch(name)).satisfies(e -> assertThat(e.getMessage()).contains(words)
                .doesNotContain("\n"));
    }

    @Test
    void aSnapshotIsTheModelAndOnlyWhatItNeeds() throws IOException {
        List<String> heard = new ArrayList<>();
        Path snapshot = ModelSource.resolve(NAME, settings("secret", false), (file, done, total) ->
                heard.add(file + " " + (done == total)));
        try (Stream<Path> files = Files.list(snapshot)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("config.json",
                    "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors", ".whole");
        }
        assertThat(Files.readAllBytes(snapshot.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        assertThat(heard).contains("model.safetensors true", "config.json true");
        try (LanguageModel read = LanguageModel.load(snapshot, ComputeType.FLOAT32)) {
            assertThat(read.config().tied()).isFalse();
        }
    }

    @Test
    void theTokenGoesToTheHubButNotToTheStorageBehindIt() throws IOException {
        ModelSource.resolve(NAME, settings("secret", false), HubListener.SILENT);
        assertThat(hub.hubRequests).allSatisfy(r -> assertThat(r.authorization()).isEqualTo("Bearer secret"));
        assertThat(hub.storageRequests).hasSize(1).allSatisfy(r -> assertThat(r.authorization()).isNull());
        assertThat(settings("secret", false).toString()).doesNotContain("secret");
    }

    @Test
    void aBrokenConnectionGoesOnWhereItEnded() throws IOException {
        hub.breakAfter = 1000;
        Path snapshot = fetch(NAME);
        assertThat(Files.readAllBytes(snapshot.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        assertThat(hub.storageRequests).extracting(TestHub.Request::range).containsExactly(null, "bytes=1000-");
    }

    @Test
    void aSilentConnectionIsGivenUpAndContinued() throws IOException {
        hub.breakAfter = 1000;
        hub.silent = true;
        HubSettings impatient = new HubSettings(hub.address(), null, folder.resolve("cache"), false, 20,
                Duration.ofSeconds(1));
        Path snapshot = ModelSource.resolve(NAME, impatient, HubListener.SILENT);
        assertThat(Files.readAllBytes(snapshot.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        assertThat(hub.storageRequests).extracting(TestHub.Request::range).startsWith(null, "bytes=1000-");
    }

    @Test
    void whatAnotherContentLeftIsNotContinued() throws IOException {
        Path snapshot = folder.resolve("cache/models--someone--tiny/snapshots").resolve(TestHub.COMMIT);
        Files.createDirectories(snapshot);
        Files.write(snapshot.resolve("model.safetensors.part"), new byte[500]);
        Files.writeString(snapshot.resolve("model.safetensors.part.etag"), "another");
        assertThat(Files.readAllBytes(fetch(NAME).resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
    }

    @Test
    void aDamagedPartIsFetchedAnew() throws IOException {
        hub.breakAfter = 1000;
        HubSettings once = new HubSettings(hub.address(), null, folder.resolve("cache"), false, 1,
                Duration.ofSeconds(10));
        assertThatThrownBy(() -> ModelSource.resolve(NAME, once, HubListener.SILENT))
                .hasMessageContaining("model.safetensors could not be fetched in 1 attempts")
                .hasMessageContaining("1000 of").hasMessageContaining("try again");
        Path part = folder.resolve("cache/models--someone--tiny/snapshots").resolve(TestHub.COMMIT)
                .resolve("model.safetensors.part");
        byte[] damaged = Files.readAllBytes(part);
        assertThat(damaged).hasSize(1000);
        damaged[7] ^= 1;
        Files.write(part, damaged);
        assertThat(Files.readAllBytes(fetch(NAME).resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
    }

    @Test
    void aWrongChecksumIsRefused() throws IOException {
        hub.checksum = "ab".repeat(32);
        refused(NAME, "hf:someone/tiny/model.safetensors", "checksum " + hub.checksum);
        Path snapshot = folder.resolve("cache/models--someone--tiny/snapshots").resolve(TestHub.COMMIT);
        assertThat(snapshot.resolve("model.safetensors")).doesNotExist();
        assertThat(snapshot.resolve("model.safetensors.part")).doesNotExist();
        assertThat(snapshot.resolve(".whole")).doesNotExist();
        hub.checksum = null;
        assertThat(fetch(NAME).resolve(".whole")).exists();
    }

    @Test
    void anotherCommitThanThePinnedOneIsRefused() {
        refused(NAME + "@" + "f".repeat(40), "answered with the commit " + TestHub.COMMIT);
    }

    @Test
    void aFileWithoutAChecksumIsReported() throws IOException {
        hub.checksum = "unknown-kind";
        List<String> unverified = new ArrayList<>();
        ModelSource.resolve(NAME, settings(null, false), new HubListener() {
            @Override
            public void fetched(String file, long done, long total) {
                assertThat(done).isPositive();
            }

            @Override
            public void unverified(String file) {
                unverified.add(file);
            }
        });
        assertThat(unverified).containsExactly("model.safetensors");
    }

    @Test
    void refusalsSayWhatToDo() {
        hub.status = 401;
        refused(NAME, "needs a token", "HF_TOKEN");
        hub.status = 403;
        refused(NAME + "@v1.0", "hf:someone/tiny@v1.0", "accept its terms");
        hub.status = 404;
        refused(NAME, "is not there (404)");
        hub.status = 500;
        refused(NAME, "cannot be reached (the hub answered 500)", "HF_ENDPOINT");
    }

    @Test
    void whatIsThereNeedsNoNetwork() throws IOException {
        Path snapshot = fetch(NAME + "@main");
        int asked = hub.hubRequests.size();
        assertThat(fetch(NAME)).isEqualTo(snapshot);
        assertThat(hub.hubRequests).as("only the branch is asked for again").hasSize(asked + 1);
        assertThat(fetch(NAME + "@" + TestHub.COMMIT)).isEqualTo(snapshot);
        assertThat(ModelSource.resolve(NAME, settings(null, true), HubListener.SILENT)).isEqualTo(snapshot);
        assertThat(ModelSource.resolve(model.toString(), settings(null, false), HubListener.SILENT)).isEqualTo(model);
        assertThat(hub.hubRequests).hasSize(asked + 1);
        hub.close();
        assertThat(fetch(NAME)).isEqualTo(snapshot);
        refused(NAME + "@other", "cannot be reached");
        assertThatThrownBy(() -> ModelSource.resolve("hf:someone/else", settings(null, true), HubListener.SILENT))
                .hasMessageContaining("HF_HUB_OFFLINE");
    }

    @Test
    void severalWhoWantTheSameFetchItOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Path> work = () -> fetch(NAME);
            for (Future<Path> path : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(path.get().resolve("model.safetensors")).exists();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(hub.storageRequests).hasSize(1);
    }

    @Test
    void shardsAreThoseOfTheIndexAndStayInTheFolder() throws IOException {
        byte[] weights = hub.files.remove("model.safetensors");
        hub.files.put("one.safetensors", weights);
        String index = "{\"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"NAME\"}}";
        hub.files.put("model.safetensors.index.json", index.replace("NAME", "../../../two.safetensors")
                .getBytes(StandardCharsets.UTF_8));
        refused(NAME, "names the file '../../../two.safetensors'");
        Files.delete(folder.resolve("cache/models--someone--tiny/snapshots").resolve(TestHub.COMMIT)
                .resolve("model.safetensors.index.json"));
        hub.files.put("model.safetensors.index.json", index.replace("NAME", "one.safetensors")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(fetch(NAME).resolve("one.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void aModelWithoutSafetensorsIsRefused() {
        hub.files.remove("model.safetensors");
        refused(NAME, "has no safetensors weights.");
        hub.files.put("model.Q4_0.gguf", new byte[0]);
        refused(NAME, "it holds GGUF files");
    }

    @Test
    void nothingUnsafeIsFollowed() {
        hub.redirect = "http://example.com/model.safetensors";
        refused(NAME, "unsafe address http://example.com");
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "http://mirror.example")))
                .hasMessageContaining("must begin with https://");
        assertThat(HubSettings.of(Map.of("HF_ENDPOINT", "https://mirror.example/")).endpoint())
                .isEqualTo(URI.create("https://mirror.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf:tiny", "hf:a/b/c", "hf:../b", "hf:a/..", "hf:a/b@", "hf:a/b@../c", "hf:/a/b",
            "hf:a/b c", "hf:a--b/c"})
    void namesThatAreNoneAreRefused(String name) {
        refused(name, "is no name of a model");
        assertThat(hub.hubRequests).isEmpty();
    }

    @Test
    void whatIsNowhereIsSaidSo() {
        refused("no/such/folder", "no/such/folder is not there: give a model's folder, a .gguf file, or hf:");
    }
}
