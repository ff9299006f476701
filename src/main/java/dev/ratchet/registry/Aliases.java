package dev.ratchet.registry;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Moves names such as {@code champion} from version to version by compare-and-set, and keeps the history. */
@ApplicationScoped
@Transactional
public class Aliases {
    @Inject
    EntityManager entities;

    @Inject
    Clock clock;

    @Inject
    Event<AliasMoved> moved;

    /** The alias {@code champion} of a project; empty as long as the project has no model. */
    public Optional<ModelAlias> champion(Project project) {
        return find(project.id, ModelAlias.CHAMPION);
    }

    public Optional<ModelAlias> find(long projectId, String name) {
        Optional<ModelAlias> alias =
                ModelAlias.find("projectId = ?1 and name = ?2", projectId, name).firstResultOptional();
        // The move below is plain SQL, which the persistence context does not see.
        alias.ifPresent(entities::refresh);
        return alias;
    }

    /** The version behind {@code champion}; 409 {@code no-champion} as long as there is none. */
    public ModelVersion championVersion(Project project) {
        return ModelVersion.findById(requireChampion(project).versionId);
    }

    /** The alias {@code champion}; 409 {@code no-champion} as long as there is none. */
    public ModelAlias requireChampion(Project project) {
        return champion(project)
                .orElseThrow(() -> Problem.conflict(
                        "no-champion",
                        "The project has no model yet",
                        "Import a model into project %s and make it champion first.".formatted(project.slug)));
    }

    /**
     * Points an alias at a version if it still has the expected revision, and appends to its history.
     *
     * @param expectedRevision the revision that the decision was made for; 0 if the alias does not exist yet
     * @param evaluationId the evidence; null for a move by hand
     * @param actor pseudonym of a person or name of a part of the program
     * @throws Problem 409 {@code alias-moved} if the alias was moved meanwhile; nothing is changed
     */
    public ModelAlias move(
            Project project, String name, int expectedRevision, ModelVersion to, Long evaluationId, String actor,
            String reason) {
        return tryMove(project, name, expectedRevision, to, evaluationId, actor, reason)
                .orElseThrow(() -> Problem.conflict(
                        "alias-moved",
                        "The alias was moved meanwhile",
                        "'%s' of project %s no longer has revision %d. Look at its history and decide again."
                                .formatted(name, project.slug, expectedRevision)));
    }

    /** As {@link #move}, but a lost race is an empty answer, so that the caller's transaction lives on. */
    public Optional<ModelAlias> tryMove(
            Project project, String name, int expectedRevision, ModelVersion to, Long evaluationId, String actor,
            String reason) {
        if (!to.projectId.equals(project.id) || !to.kind.equals(ModelVersion.POLICY)) {
            throw Problem.unprocessable(
                    "alias-target",
                    "The alias cannot point there",
                    "'%s' is not a policy of project %s.".formatted(to.name, project.slug));
        }
        Instant now = clock.instant();
        Long from = find(project.id, name).map(alias -> alias.versionId).orElse(null);
        int changed = expectedRevision == 0
                ? insert(project, name, to, now)
                : update(project, name, expectedRevision, from, to, now);
        if (changed == 0) {
            return Optional.empty();
        }
        AliasChange change = new AliasChange();
        change.projectId = project.id;
        change.alias = name;
        change.revision = expectedRevision + 1;
        change.fromVersionId = from;
        change.toVersionId = to.id;
        change.evaluationId = evaluationId;
        change.actor = actor;
        change.reason = reason;
        change.createdAt = now;
        change.persist();
        moved.fire(new AliasMoved(project.id, name, to.id, change.revision));
        return find(project.id, name);
    }

    private int insert(Project project, String name, ModelVersion to, Instant now) {
        return entities.createNativeQuery("insert into model_alias (project_id, name, version_id, revision, updated_at)"
                        + " values (?1, ?2, ?3, 1, ?4) on conflict (project_id, name) do nothing")
                .setParameter(1, project.id)
                .setParameter(2, name)
                .setParameter(3, to.id)
                .setParameter(4, now)
                .executeUpdate();
    }

    private int update(Project project, String name, int revision, Long from, ModelVersion to, Instant now) {
        return entities.createNativeQuery("update model_alias set version_id = ?1, revision = revision + 1,"
                        + " updated_at = ?2 where project_id = ?3 and name = ?4 and revision = ?5 and version_id = ?6")
                .setParameter(1, to.id)
                .setParameter(2, now)
                .setParameter(3, project.id)
                .setParameter(4, name)
                .setParameter(5, revision)
                .setParameter(6, from)
                .executeUpdate();
    }

    /**
     * Points an alias back at the version that it had before it reached the present one; a second rollback goes one
     * further.
     *
     * @throws Problem 409 {@code nothing-to-roll-back} if there is no earlier version, {@code alias-moved} if it moved
     *     meanwhile
     */
    public ModelAlias rollback(Project project, String name, String actor) {
        return rollback(project, name, null, actor);
    }

    /**
     * The same for somebody who saw the alias at a revision: a second click, or another person's, rolls nothing back
     * twice.
     *
     * @param expectedRevision the revision that was seen; null for whichever it is now
     */
    public ModelAlias rollback(Project project, String name, Integer expectedRevision, String actor) {
        Deque<Long> path = path(project, name);
        if (path.size() < 2) {
            throw Problem.conflict(
                    "nothing-to-roll-back",
                    "There is nothing to roll back to",
                    "'%s' of project %s has had no earlier version.".formatted(name, project.slug));
        }
        int revision = expectedRevision == null ? find(project.id, name).orElseThrow().revision : expectedRevision;
        ModelVersion present = ModelVersion.findById(path.pop());
        ModelVersion earlier = ModelVersion.findById(path.peek());
        return move(project, name, revision, earlier, null, actor, "Rolled back from " + present.name);
    }

    /** The version that {@link #rollback} would point the alias at; empty if there is no earlier one. */
    public Optional<ModelVersion> rollbackTarget(Project project, String name) {
        Deque<Long> path = path(project, name);
        if (path.size() < 2) {
            return Optional.empty();
        }
        path.pop();
        return ModelVersion.findByIdOptional(path.peek());
    }

    /** The versions that led to the present one, which is on top. */
    private static Deque<Long> path(Project project, String name) {
        Deque<Long> path = new ArrayDeque<>();
        for (AliasChange change : oldestFirst(project, name)) {
            if (path.contains(change.toVersionId)) {
                while (!path.peek().equals(change.toVersionId)) {
                    path.pop();
                }
            } else {
                path.push(change.toVersionId);
            }
        }
        return path;
    }

    /** Moves of an alias, newest first. */
    public List<AliasChange> history(Project project, String name) {
        return AliasChange.list("projectId = ?1 and alias = ?2 order by revision desc", project.id, name);
    }

    private static List<AliasChange> oldestFirst(Project project, String name) {
        return AliasChange.list("projectId = ?1 and alias = ?2 order by revision", project.id, name);
    }
}
