package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fetches models from Hugging Face's hub or a mirror into a cache: one folder for each commit.
 *
 * <p>Only the files that a model needs are fetched. A snapshot that is whole is marked so; processes that want the
 * same model wait for each other.
 */
public final class ModelHub {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LIST = 64 << 20;
    private static final List<String> SMALL_FILES = List.of("config.json", "generation_config.json", "tokenizer.json",
            "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja", "adapter_config.json");
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String ADAPTER = "adapter_model.safetensors";
    private static final String WHOLE = ".whole";
    /** File locks are held by the process as a whole; threads of it take turns by this one. */
    private static final ReentrantLock OWN_THREADS = new ReentrantLock();

    private final HubSettings settings;
    private final HubListener listener;
    private final HubConnection hub;

    public ModelHub(HubSettings settings, HubListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.hub = new HubConnection(settings);
    }

    /**
     * The folder of a model, fetched where it is not there.
     *
     * @param text {@code hf:owner/name} or {@code hf:owner/name@revision}
     * @throws ModelFormatException where the name is none
     * @throws IOException in one line, where the model cannot be had
     */
    public Path fetch(String text) throws IOException {
        HubName name = HubName.parse(text);
        Path home = settings.cache().resolve("models--" + name.owner() + "--" + name.name());
        OWN_THREADS.lock();
        try {
            Files.createDirectories(home);
            try (FileChannel channel = FileChannel.open(home.resolve(".lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
                return fetch(name, home);
            }
        } catch (HubException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(name + ": " + (e.getMessage() == null ? e.getClass().getSimpleName()
                    : e.getMessage()), e);
        } finally {
            OWN_THREADS.unlock();
        }
    }

    private Path fetch(HubName name, Path home) throws IOException {
        Path known = known(name, home);
        if (known != null && (name.pinned() || settings.offline())) {
            return known;
        }
        if (settings.offline()) {
            throw new HubException(name + " is not in " + settings.cache() + ", and HF_HUB_OFFLINE is set.");
        }
        JsonNode description;
        try {
            description = describe(name);
        } catch (HubException e) {
            throw e;
        } catch (IOException e) {
            if (known != null) {
                return known;
            }
            throw new IOException(settings.endpoint() + " cannot be reached"
                    + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
                    + ". Set HF_ENDPOINT to a mirror, or give a local folder.", e);
        }
        String commit = description.path("sha").asText();
        if (!commit.matches("[0-9a-f]{40}")) {
            throw new HubException(name + ": the hub named no commit.");
        }
        if (name.pinned() && !commit.equals(name.revision())) {
            throw new HubException(name + ": the hub answered with the commit " + commit + " instead.");
        }
        Path snapshot = home.resolve("snapshots").resolve(commit);
        if (!Files.exists(snapshot.resolve(WHOLE))) {
            Files.createDirectories(snapshot);
            fetchAll(name, commit, description, snapshot);
            Files.writeString(snapshot.resolve(WHOLE), "");
        }
        remember(name, home, commit);
        return snapshot;
    }

    private Path known(HubName name, Path home) throws IOException {
        Path reference = reference(name, home);
        String commit = name.pinned() ? name.revision() : Files.exists(reference) ? Files.readString(reference) : "-";
        Path snapshot = home.resolve("snapshots").resolve(commit);
        return Files.exists(snapshot.resolve(WHOLE)) ? snapshot : null;
    }

    private void remember(HubName name, Path home, String commit) throws IOException {
        Path reference = reference(name, home);
        Files.createDirectories(reference.getParent());
        Path draft = reference.resolveSibling(reference.getFileName() + ".tmp");
        Files.writeString(draft, commit);
        Files.move(draft, reference, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path reference(HubName name, Path home) {
        return home.resolve("refs").resolve(encoded(name.revision()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode describe(HubName name) throws IOException {
        HubConnection.Answer answer = hub.get("/api/models/" + name.repository() + "/revision/"
                + encoded(name.revision()), 0);
        HubException.check(answer, name.toString());
        try (InputStream in = answer.response().body()) {
            byte[] body = in.readNBytes(LONGEST_LIST);
            JsonNode node = JSON.readTree(body);
            if (node == null || !node.path("siblings").isArray()) {
                throw new HubException(name + ": the hub's answer is no description of a model.");
            }
            return node;
        }
    }

    private void fetchAll(HubName name, String commit, JsonNode description, Path snapshot) throws IOException {
        Set<String> there = new LinkedHashSet<>();
        description.path("siblings").forEach(file -> there.add(file.path("rfilename").asText()));
        if (!there.contains(WEIGHTS) && !there.contains(INDEX) && !there.contains(ADAPTER)) {
            throw new HubException(name + " has no safetensors weights" + (there.stream().anyMatch(f ->
                    f.endsWith(".gguf")) ? ": it holds GGUF files; fetch one by hand and give its path." : "."));
        }
        for (String file : SMALL_FILES) {
            if (there.contains(file)) {
                fetchFile(name, commit, file, snapshot);
            }
        }
        if (there.contains(ADAPTER)) {
            fetchFile(name, commit, ADAPTER, snapshot);
        }
        if (there.contains(WEIGHTS)) {
            fetchFile(name, commit, WEIGHTS, snapshot);
        } else if (there.contains(INDEX)) {
            fetchFile(name, commit, INDEX, snapshot);
            for (String shard : ModelFolder.shards(snapshot)) {
                fetchFile(name, commit, shard, snapshot);
            }
        }
    }

    private void fetchFile(HubName name, String commit, String file, Path snapshot) throws IOException {
        new HubDownload(hub, settings, listener, name + "/" + file, "/" + name.repository() + "/resolve/"
                + commit + "/" + file, snapshot.resolve(file)).fetch();
    }
}
