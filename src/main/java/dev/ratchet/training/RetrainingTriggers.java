package dev.ratchet.training;

import dev.ratchet.dataset.PairCounts;
import dev.ratchet.dataset.export.TrainingExamples;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Aliases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says when there is enough that is new to start the loop of a project. */
@ApplicationScoped
public class RetrainingTriggers {
    static final String PAIRS = "pairs";
    static final String DEMONSTRATIONS = "demonstrations";
    /** With so many times what is needed the loop starts although more keeps coming. */
    private static final int PATIENCE = 2;

    @Inject
    PairCounts pairs;

    @Inject
    TrainingExamples examples;

    @Inject
    Aliases aliases;

    @Inject
    EntityManager entities;

    @Inject
    Clock clock;

    /** How long nothing may have come before what is new starts the loop. */
    @ConfigProperty(name = "ratchet.retraining.quiet-period", defaultValue = "PT3S")
    Duration quietPeriod;

    /** What starts the loop now; empty while it has to wait, and where there is no model to train. */
    Optional<String> of(Project project) {
        if (aliases.champion(project).isEmpty()) {
            return Optional.empty();
        }
        int threshold = project.settings.retrainAfterPairs();
        if (threshold > 0 && enough(pairs.newTrainPairsSinceLastSnapshot(project), threshold,
                pairs.lastChange(project).orElse(null))) {
            return Optional.of(PAIRS);
        }
        // Without pairs nothing could judge what comes of it.
        return demonstrationsFirst(project) && pairs.any(project) ? Optional.of(DEMONSTRATIONS) : Optional.empty();
    }

    /** Whether a chain that starts now begins with a supervised run. */
    boolean demonstrationsFirst(Project project) {
        int threshold = project.settings.supervisedAfter();
        if (threshold == 0) {
            return false;
        }
        TrainingExamples.Fresh fresh = examples.since(project.id, learned(project));
        return enough(fresh.count(), threshold, fresh.last());
    }

    /** People who are in the middle of it are waited for, so that a run does not learn from half of what they bring. */
    private boolean enough(long fresh, int threshold, Instant last) {
        return fresh >= (long) PATIENCE * threshold || fresh >= threshold
                && (last == null || last.plus(quietPeriod).isBefore(clock.instant()));
    }

    /**
     * The newest demonstration that a supervised run was given, whatever became of it: a failed one is not repeated.
     */
    private long learned(Project project) {
        return ((Number) entities.createNativeQuery("select coalesce(max(cast(spec ->> 'demonstrations' as bigint)), 0)"
                        + " from run where project_id = ?1 and kind = 'supervised'")
                .setParameter(1, project.id)
                .getSingleResult()).longValue();
    }
}
