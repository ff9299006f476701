package dev.ratchet.serving;

import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectAccess;
import dev.ratchet.project.Projects;
import dev.ratchet.registry.AliasMoved;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.LoadedModels;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.security.CurrentAccount;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;

/**
 * Resolves the name of a model to the version that answers now. The alias is read for every request, so a new request
 * never sees an old champion; a request that is under way keeps the version that it began with.
 */
@ApplicationScoped
public class ServedModels {
    private static final Logger LOG = Logger.getLogger(ServedModels.class);

    @Inject
    Projects projects;

    @Inject
    ProjectAccess access;

    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    LoadedModels models;

    @Inject
    ManagedExecutor executor;

    /** Projects that were asked for in the life of this process: their next champion is loaded before it is asked. */
    private final Set<Long> asked = ConcurrentHashMap.newKeySet();

    /** A version that may be asked, with the project that it belongs to. */
    public record Resolved(Project project, ModelVersion version) {}

    /**
     * What the caller may ask: of each project that it may see the champion under its slug, then every policy under
     * {@code slug/name}.
     */
    @Transactional
    public List<ServedModel> list(CurrentAccount caller) {
        Map<Long, Project> seen = new LinkedHashMap<>();
        projects.list(caller, 0, Integer.MAX_VALUE).forEach(project -> seen.put(project.id, project));
        List<ModelVersion> policies = ModelVersion.list("kind = ?1 and projectId in ?2 order by projectId, id desc",
                ModelVersion.POLICY, seen.keySet());
        Set<Long> champions = ModelAlias.<ModelAlias>list("name = ?1 and projectId in ?2 order by projectId",
                        ModelAlias.CHAMPION, seen.keySet()).stream()
                .map(alias -> alias.versionId).collect(Collectors.toSet());
        List<ServedModel> served = new ArrayList<>();
        policies.stream().filter(version -> champions.contains(version.id))
                .forEach(version -> served.add(model(seen.get(version.projectId).slug, version)));
        policies.forEach(version ->
                served.add(model(seen.get(version.projectId).slug + "/" + version.name, version)));
        return served;
    }

    /** The version behind a model's name, for a caller who may see its project. */
    @Transactional
    public Resolved resolve(CurrentAccount caller, String model) {
        int slash = model.indexOf('/');
        Project project = Project.findBySlug(slash < 0 ? model : model.substring(0, slash))
                .orElseThrow(() -> unknown(model));
        if (!access.of(caller, project).rates()) {
            throw new ApiError(403, "not-a-member", "model",
                    "Project '%s' is closed: ask a lead of it for an invitation.".formatted(project.slug));
        }
        if (slash >= 0) {
            ModelVersion version = versions.find(project, model.substring(slash + 1))
                    .filter(found -> found.kind.equals(ModelVersion.POLICY))
                    .orElseThrow(() -> unknown(model));
            return new Resolved(project, version);
        }
        ModelAlias champion = aliases.champion(project)
                .orElseThrow(() -> new ApiError(
                        404, "no-champion", "model",
                        "Project '%s' has no champion yet: import a model first.".formatted(model)));
        asked.add(project.id);
        return new Resolved(project, versions.get(champion.versionId));
    }

    /** Loads a new champion before the first request for it waits; a failure is told to that request. */
    void championMoved(@Observes(during = TransactionPhase.AFTER_SUCCESS) AliasMoved event) {
        if (event.alias().equals(ModelAlias.CHAMPION) && asked.contains(event.projectId())) {
            executor.execute(() -> preload(event.versionId()));
        }
    }

    private void preload(long versionId) {
        try {
            ModelVersion version = QuarkusTransaction.requiringNew().call(() -> versions.get(versionId));
            models.open(version).close();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Version %d could not be loaded.", versionId);
        }
    }

    private static ServedModel model(String id, ModelVersion version) {
        return new ServedModel(id, "model", version.createdAt.getEpochSecond(), "ratchet", fingerprint(version));
    }

    /** Name and the beginning of the digest: what wrote a reply. */
    static String fingerprint(ModelVersion version) {
        return version.name + "@" + version.digest.substring(0, 12);
    }

    private static ApiError unknown(String model) {
        return new ApiError(
                404, "model-not-found", "model", "There is no model '%s'. GET /v1/models lists them.".formatted(model));
    }
}
