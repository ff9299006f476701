package dev.ratchet.training;

import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.dataset.export.TrainingExamples;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Turns new pairs into a candidate and its evaluation: snapshot, reward run, preference run, evaluation run. Where
 * enough demonstrations are new, a supervised run comes first and the preference run goes on from what it made. One
 * chain at a time in a project; each step is made from what the record says, so that it goes on after a restart.
 */
@ApplicationScoped
public class RetrainingLoop {
    private static final Logger LOG = Logger.getLogger(RetrainingLoop.class);

    @Inject
    Runs runs;

    @Inject
    RunPlans plans;

    @Inject
    MachineCompute compute;

    @Inject
    Snapshots snapshots;

    @Inject
    RetrainingTriggers triggers;

    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    EntityManager entities;

    @Inject
    TrainingExamples examples;

    /** Starts or continues the chains of all projects where it is time to. */
    public void advance() {
        List<Project> projects = QuarkusTransaction.requiringNew().call(() -> Project.listAll());
        for (Project project : projects) {
            try {
                if (due(project)) {
                    // Measured before the transaction: it takes a moment.
                    compute.choose();
                    QuarkusTransaction.requiringNew().run(() -> advance(project.id));
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "The loop of project %s could not go on and is tried again.", project.slug);
            }
        }
    }

    /**
     * Starts a chain by hand.
     *
     * @param actor pseudonym of who asks for it
     * @return its first run
     * @throws Problem 409 {@code chain-running} if one is under way, {@code no-champion} if there is no model,
     *     {@code no-pairs} if there is nothing to learn from
     */
    @Transactional
    public Run byHand(Project project, String actor) {
        compute.choose();
        lock(project);
        chainUnderWay(project).ifPresent(run -> {
            throw Problem.conflict(
                    "chain-running",
                    "The loop is under way",
                    "Run %d (%s) of project %s is %s; wait for it, or cancel it."
                            .formatted(run.id, run.kind, project.slug, run.status));
        });
        return start(project, "account:" + actor);
    }

    /**
     * Queues a supervised run outside any chain: on the answers that people chose or wrote, and on what was imported.
     */
    @Transactional
    public Run supervisedByHand(Project project, String actor) {
        compute.choose();
        boolean imported = examples.newest(project.id) > 0;
        Snapshot snapshot = imported ? snapshots.createEvenEmpty(project) : snapshot(project);
        return runs.create(project, plans.supervised(project, snapshot, null), snapshot.id, "account:" + actor);
    }

    private boolean due(Project project) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Optional<Run> last = lastOfChain(project);
            if (last.isPresent() && RunStatus.of(last.get().status).unfinished()) {
                return false;
            }
            return last.filter(RetrainingLoop::hasSuccessor).isPresent() || triggers.of(project).isPresent();
        });
    }

    private void advance(long projectId) {
        Project project = lock(Project.findById(projectId));
        Optional<Run> last = lastOfChain(project);
        if (last.isPresent() && RunStatus.of(last.get().status).unfinished()) {
            return;
        }
        if (last.filter(RetrainingLoop::hasSuccessor).isPresent()) {
            follow(project, last.get());
        } else {
            triggers.of(project).ifPresent(trigger -> start(project, trigger));
        }
    }

    private Run start(Project project, String triggeredBy) {
        Snapshot snapshot = snapshot(project);
        String chain = UUID.randomUUID().toString();
        RunSpec spec = triggers.demonstrationsFirst(project)
                ? plans.supervised(project, snapshot, chain) : plans.reward(project, snapshot, chain);
        return runs.create(project, spec, snapshot.id, triggeredBy);
    }

    private void follow(Project project, Run last) {
        String chain = runs.spec(last).chain();
        Snapshot snapshot = Snapshot.findById(last.snapshotId);
        ModelVersion produced = versions.get(last.producedVersionId);
        RunSpec next = switch (RunKind.of(last.kind)) {
            case SUPERVISED -> plans.reward(project, snapshot, chain);
            case REWARD -> plans.preference(project, snapshot, chain, produced, supervised(project, chain));
            case PREFERENCE -> plans.evaluation(
                    project, snapshot, chain, versions.get(last.rewardVersionId), produced);
            case EVALUATION -> throw new IllegalStateException("An evaluation ends its chain");
        };
        runs.create(project, next, snapshot.id, last.triggeredBy);
    }

    /** What the supervised run of a chain made; empty where the chain has none. */
    private Optional<ModelVersion> supervised(Project project, String chain) {
        return ofChain("select id from run where project_id = ?1 and kind = 'supervised' and spec ->> 'chain' = ?2",
                project.id, chain).map(run -> versions.get(run.producedVersionId));
    }

    private Snapshot snapshot(Project project) {
        aliases.championVersion(project);
        Snapshot snapshot = snapshots.create(project);
        if (snapshot.trainPairs == 0) {
            throw Problem.conflict(
                    "no-pairs",
                    "There is nothing to learn from yet",
                    "Project %s has no training pairs; rate some answers first.".formatted(project.slug));
        }
        return snapshot;
    }

    private static boolean hasSuccessor(Run run) {
        return RunStatus.of(run.status) == RunStatus.SUCCEEDED && RunKind.of(run.kind) != RunKind.EVALUATION;
    }

    private Optional<Run> chainUnderWay(Project project) {
        return lastOfChain(project)
                .filter(run -> RunStatus.of(run.status).unfinished() || hasSuccessor(run));
    }

    private Optional<Run> lastOfChain(Project project) {
        return ofChain("select id from run where project_id = ?1 and spec ->> 'chain' is not null"
                        + " order by id desc limit 1",
                project.id);
    }

    private Optional<Run> ofChain(String select, Object... parameters) {
        Query query = entities.createNativeQuery(select);
        for (int place = 0; place < parameters.length; place++) {
            query.setParameter(place + 1, parameters[place]);
        }
        List<?> ids = query.getResultList();
        return ids.isEmpty() ? Optional.empty() : Run.findByIdOptional(((Number) ids.get(0)).longValue());
    }

    private Project lock(Project project) {
        return entities.find(Project.class, project.id, LockModeType.PESSIMISTIC_WRITE);
    }
}
