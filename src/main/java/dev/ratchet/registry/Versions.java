package dev.ratchet.registry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ModelFormatException;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.ComputeType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Registers model versions, finds them, and opens their folders after checking that nothing in them changed. */
@ApplicationScoped
public class Versions {
    @Inject
    ArtefactStore store;

    @Inject
    EntityManager entities;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    /**
     * Imports a Hugging Face folder as a version, after loading it once; call it outside a transaction, for that takes
     * a while.
     *
     * @param kind {@link ModelVersion#POLICY} or {@link ModelVersion#REWARD}
     * @param name unique in the project; null for the next free one, such as {@code policy-1}
     * @throws Problem 422 {@code model-format} if the folder does not load (missing tensor, wrong shape, truncated
     *     file…), 409 {@code version-exists} if the name is taken
     */
    public ModelVersion importFolder(Project project, String kind, String name, Path folder, Manifest manifest) {
        checkLoads(kind, folder);
        return register(project, kind, name, folder, null, null, manifest);
    }

    /**
     * Stores a folder and registers it as a version, in the caller's transaction.
     *
     * @param parent the version that training started from; null for an import
     * @param runId the run that made it; null for an import
     */
    @Transactional
    public ModelVersion register(
            Project project, String kind, String name, Path folder, ModelVersion parent, Long runId,
            Manifest manifest) {
        if (!kind.equals(ModelVersion.POLICY) && !kind.equals(ModelVersion.REWARD)) {
            throw Problem.unprocessable(
                    "version-kind", "Unknown kind of version",
                    "A version is a 'policy' or a 'reward', not '%s'.".formatted(kind));
        }
        Artefact artefact = store.store(folder, "models");
        // One registration at a time in a project, so that names are counted without gaps or clashes.
        entities.find(Project.class, project.id, LockModeType.PESSIMISTIC_WRITE);
        String unique = name == null ? nextName(project, kind) : name;
        if (find(project, unique).isPresent()) {
            throw Problem.conflict(
                    "version-exists",
                    "The version exists already",
                    "Project %s has a version '%s'; versions never change, so choose another name."
                            .formatted(project.slug, unique));
        }
        ModelVersion version = new ModelVersion();
        version.projectId = project.id;
        version.kind = kind;
        version.name = unique;
        version.parentId = parent == null ? null : parent.id;
        version.runId = runId;
        version.path = artefact.path();
        version.digest = artefact.digest();
        version.manifest =
                json.convertValue(manifest.withFiles(artefact.files()), new TypeReference<Map<String, Object>>() {});
        version.createdAt = clock.instant();
        version.persist();
        return version;
    }

    @Transactional
    public Optional<ModelVersion> find(Project project, String name) {
        return ModelVersion.find("projectId = ?1 and name = ?2", project.id, name).firstResultOptional();
    }

    /** The version with this id; 404 {@code version-unknown} if there is none. */
    @Transactional
    public ModelVersion get(long id) {
        ModelVersion version = ModelVersion.findById(id);
        if (version == null) {
            throw Problem.notFound("version-unknown", "No such version", "There is no version %d.".formatted(id));
        }
        return version;
    }

    /** Versions of a project, newest first. */
    @Transactional
    public List<ModelVersion> list(Project project) {
        return ModelVersion.list("projectId = ?1 order by id desc", project.id);
    }

    public Manifest manifest(ModelVersion version) {
        return json.convertValue(version.manifest, Manifest.class);
    }

    /** The first policy that a version descends from; the version itself if it has no parent. */
    @Transactional
    public ModelVersion root(ModelVersion version) {
        ModelVersion root = version;
        while (root.parentId != null) {
            root = get(root.parentId);
        }
        return root;
    }

    /**
     * Folder of a version, for reading only.
     *
     * @throws Problem 500 {@code artefact-damaged} naming the file if one is missing or was changed
     */
    public Path open(ModelVersion version) {
        store.verify(new Artefact(version.path, version.digest, new TreeMap<>(manifest(version).files())));
        return store.resolve(version.path);
    }

    private String nextName(Project project, String kind) {
        long number = ModelVersion.count("projectId = ?1 and kind = ?2", project.id, kind) + 1;
        while (find(project, kind + "-" + number).isPresent()) {
            number++;
        }
        return kind + "-" + number;
    }

    private static void checkLoads(String kind, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Problem.unprocessable(
                    "model-format", "The model folder cannot be used", folder.getFileName() + " is not a folder.");
        }
        try {
            if (kind.equals(ModelVersion.REWARD)) {
                RewardModel.load(folder, ComputeType.FLOAT32).close();
            } else {
                LanguageModel.load(folder, ComputeType.FLOAT32).close();
            }
        } catch (ModelFormatException e) {
            throw Problem.unprocessable("model-format", "The model folder cannot be used", e.getMessage());
        }
    }
}
