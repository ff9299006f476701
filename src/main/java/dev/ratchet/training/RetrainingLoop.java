package dev.ratchet.training;

import dev.ratchet.dataset.PairCounts;
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
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Turns new pairs into a candidate and its evaluation: snapshot, reward run, preference run, evaluation run. One chain at a time in a
 * project; each step is made from what the record says, so that it goes on after a restart.
 */
@ApplicationScoped
public class RetrainingLoop {
    private static final Logger LOG = Logger.getLogger(RetrainingLoop.class);
    /** With so many times the pairs that are needed the loop starts although people are still rating. */
    private static final int PATIENCE = 2;

    @Inject
    Runs runs;

    @Inject
    RunPlans plans;

    @Inject
    MachineCompute compute;

    @Inject
    Snapshots snapshots;

    @Inject
    PairCounts pairs;

    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    EntityManager entities;

    @Inject
    Clock clock;

    @Inject
    TrainingExamples examples;

    /** How long no pair may have changed before new pairs start the loop. */
    @ConfigProperty(name = "ratchet.retraining.quiet-period", defaultValue = "PT3S")
    Duration quietPeriod;

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
     * @throws Problem 409 {@code chain-running} if one is under way, {@code no-champion} if there is no model, {@code no-pairs} if there
     *     is nothing to learn from
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

    /** Queues a supervised run outside any chain: on the answers that people chose or wrote, and on what was imported. */
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
            return last.filter(RetrainingLoop::hasSuccessor).isPresent() || enoughPairs(project);
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
        } else if (enoughPairs(project)) {
            start(project, "pairs");
        }
    }

    private Run start(Project project, String triggeredBy) {
        Snapshot snapshot = snapshot(project);
        RunSpec spec = plans.reward(project, snapshot, UUID.randomUUID().toString());
        return runs.create(project, spec, snapshot.id, triggeredBy);
    }

    private void follow(Project project, Run last) {
        RunSpec spec = runs.spec(last);
        Snapshot snapshot = Snapshot.findById(last.snapshotId);
        ModelVersion produced = versions.get(last.producedVersionId);
        RunSpec next = RunKind.of(last.kind) == RunKind.REWARD
                ? plans.preference(project, snapshot, spec.chain(), produced)
                : plans.evaluation(project, snapshot, spec.chain(), versions.get(last.rewardVersionId), produced);
        runs.create(project, next, snapshot.id, last.triggeredBy);
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

    private boolean enoughPairs(Project project) {
        int threshold = project.settings.retrainAfterPairs();
        if (threshold == 0 || aliases.champion(project).isEmpty()) {
            return false;
        }
        long fresh = pairs.newTrainPairsSinceLastSnapshot(project);
        return fresh >= PATIENCE * threshold || fresh >= threshold && quiet(project);
    }

    /** People who are in the middle of rating are waited for, so that a snapshot is not taken of half a session. */
    private boolean quiet(Project project) {
        return pairs.lastChange(project)
                .map(change -> change.plus(quietPeriod).isBefore(clock.instant()))
                .orElse(true);
    }

    private static boolean hasSuccessor(Run run) {
        RunKind kind = RunKind.of(run.kind);
        return RunStatus.of(run.status) == RunStatus.SUCCEEDED && (kind == RunKind.REWARD || kind == RunKind.PREFERENCE);
    }

    private Optional<Run> chainUnderWay(Project project) {
        return lastOfChain(project)
                .filter(run -> RunStatus.of(run.status).unfinished() || hasSuccessor(run));
    }

    private Optional<Run> lastOfChain(Project project) {
        List<?> ids = entities.createNativeQuery("select id from run where project_id = ?1"
                        + " and spec ->> 'chain' is not null order by id desc limit 1")
                .setParameter(1, project.id)
                .getResultList();
        return ids.isEmpty() ? Optional.empty() : Run.findByIdOptional(((Number) ids.get(0)).longValue());
    }

    private Project lock(Project project) {
        return entities.find(Project.class, project.id, LockModeType.PESSIMISTIC_WRITE);
    }
}
