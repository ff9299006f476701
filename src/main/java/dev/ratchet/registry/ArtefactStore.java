package dev.ratchet.registry;

import dev.ratchet.platform.DataFolder;
import dev.ratchet.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Content-addressed files and folders that never change once they are stored. */
@ApplicationScoped
public class ArtefactStore {
    private final Path root;

    @Inject
    public ArtefactStore(DataFolder data) {
        this(data.artefacts());
    }

    ArtefactStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Absolute path of an artefact; a path that leaves the store is refused. */
    public Path resolve(String relativePath) {
        Path path = root.resolve(relativePath).normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException("%s lies outside the artefact store.".formatted(relativePath));
        }
        return path;
    }

    /**
     * Copies a folder or file into the store, unless the same content is there already. The copy is forced to disk
     * under a temporary name and renamed at the end, so that a crash leaves no half artefact.
     *
     * @param source what to store; symbolic links are refused
     * @param name first folder of the artefact's path, such as {@code models}
     */
    public Artefact store(Path source, String name) {
        try {
            Path temporary = root.resolve(".incoming").resolve(UUID.randomUUID().toString());
            try {
                copy(source, temporary);
                SortedMap<String, String> files = Files.isDirectory(temporary)
                        ? Digests.ofFolder(temporary)
                        : new TreeMap<>(Map.of("", Digests.ofFile(temporary)));
                String digest = Files.isDirectory(temporary) ? Digests.ofFiles(files) : files.get("");
                String path = name + "/" + digest.substring(0, 2) + "/" + digest;
                Artefact artefact = new Artefact(path, digest, files);
                Path target = resolve(path);
                if (Files.exists(target)) {
                    verify(artefact);
                    return artefact;
                }
                Files.createDirectories(target.getParent());
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                force(target.getParent());
                return artefact;
            } finally {
                delete(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not store %s: %s".formatted(source, e.getMessage()), e);
        }
    }

    /** Refuses an artefact of which a file is missing, new or changed, and names that file. */
    public void verify(Artefact artefact) {
        Path path = resolve(artefact.path());
        if (!Files.exists(path)) {
            throw damaged(artefact, "it is missing");
        }
        SortedMap<String, String> found;
        try {
            found = Files.isDirectory(path)
                    ? Digests.ofFolder(path)
                    : new TreeMap<>(Map.of("", Digests.ofFile(path)));
        } catch (IOException e) {
            throw damaged(artefact, "it cannot be read: " + e.getMessage());
        }
        artefact.files().forEach((file, digest) -> {
            String actual = found.remove(file);
            if (actual == null) {
                throw damaged(artefact, "file '%s' is missing".formatted(file));
            }
            if (!actual.equals(digest)) {
                throw damaged(artefact, "file '%s' was changed after it was stored".formatted(file));
            }
        });
        if (!found.isEmpty()) {
            throw damaged(artefact, "file '%s' was added after it was stored".formatted(found.firstKey()));
        }
    }

    private static Problem damaged(Artefact artefact, String what) {
        return new Problem(
                500,
                "artefact-damaged",
                "A stored artefact is damaged",
                "Artefact %s cannot be used: %s. Restore it from a backup, or import the model again."
                        .formatted(artefact.path(), what));
    }

    private static void copy(Path source, Path target) throws IOException {
        if (!Files.isDirectory(source)) {
            if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(source + " is neither a folder nor a plain file.");
            }
            Files.createDirectories(target.getParent());
            Files.copy(source, target);
            force(target);
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(source)) {
            paths = walk.sorted().toList();
        }
        for (Path path : paths) {
            Path copy = target.resolve(source.relativize(path).toString());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(copy);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(path, copy);
                force(copy);
            } else {
                throw new IOException(path + " is not a plain file; copy what it points to in its place.");
            }
        }
    }

    private static void force(Path path) throws IOException {
        // A folder can be opened for reading only; forcing it makes the names in it durable.
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(path)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : paths) {
            Files.deleteIfExists(file);
        }
    }
}
