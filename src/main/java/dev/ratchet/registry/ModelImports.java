package dev.ratchet.registry;

import dev.ratchet.platform.DataFolder;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The model folders that an administrator has laid out within {@code imports/} of the data folder. */
@ApplicationScoped
public class ModelImports {
    private static final int MOST_LISTED = 100;

    private final DataFolder data;
    private final Versions versions;
    private final Aliases aliases;

    ModelImports(DataFolder data, Versions versions, Aliases aliases) {
        this.data = data;
        this.versions = versions;
        this.aliases = aliases;
    }

    /** Where the folders are laid. */
    public Path place() {
        return data.imports();
    }

    /** The names of those that look like a model, at most 100. */
    public List<String> folders() {
        try (Stream<Path> found = Files.list(place())) {
            return found.filter(folder -> Files.isRegularFile(folder.resolve("config.json")) && inside(folder))
                    .map(folder -> folder.getFileName().toString()).sorted().limit(MOST_LISTED).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder " + place() + " cannot be read", failure);
        }
    }

    /**
     * Imports a folder as a version; call it outside a transaction, for it loads the model once.
     *
     * @param name unique in the project; null for the next free one
     * @throws Problem 422 {@code import-folder} if there is no such folder, and as {@link Versions#importFolder}
     */
    public ModelVersion bring(Project project, String kind, String name, String folder) {
        Path at = find(folder).orElseThrow(() -> Problem.unprocessable(
                "import-folder",
                "The folder cannot be imported",
                "'%s' is not a folder within imports of the data folder; copy the model there first."
                        .formatted(folder)));
        return versions.importFolder(project, kind, name, at, Manifest.imported(kind, "folder " + folder));
    }

    /**
     * Imports a policy and makes it the champion of a project that has none; call it outside a transaction.
     *
     * @param actor pseudonym of who asks for it
     * @throws Problem 409 {@code champion-exists} if the project has one, which only gates may replace; as
     *     {@link #bring}
     */
    public ModelVersion bringFirst(Project project, String folder, String actor) {
        if (aliases.champion(project).isPresent()) {
            throw Problem.conflict(
                    "champion-exists",
                    "The project has a champion already",
                    "Nothing was imported: a later version becomes champion when it passes all gates.");
        }
        ModelVersion version = bring(project, ModelVersion.POLICY, null, folder);
        aliases.move(project, ModelAlias.CHAMPION, 0, version, null, actor, "The project's first model");
        return version;
    }

    private Optional<Path> find(String folder) {
        try {
            return Optional.of(place().resolve(folder).normalize())
                    .filter(at -> at.startsWith(place()) && !at.equals(place()) && inside(at));
        } catch (InvalidPathException strange) {
            return Optional.empty();
        }
    }

    /** Also where a link leads. */
    private boolean inside(Path folder) {
        try {
            return Files.isDirectory(folder) && folder.toRealPath().startsWith(place().toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
