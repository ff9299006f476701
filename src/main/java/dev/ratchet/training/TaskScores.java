package dev.ratchet.training;

import dev.ratchet.project.Project;
import dev.ratchet.task.Selection;
import dev.ratchet.task.TaskRewards;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.nio.file.Files;
import org.jboss.logging.Logger;

/**
 * Publishes what a trained reward model says of the tasks that wait for ratings. It comes after the run is recorded and
 * in transactions of its own: the queue must not wait for it, and the run stands whatever becomes of it.
 */
@ApplicationScoped
class TaskScores {
    private static final Logger LOG = Logger.getLogger(TaskScores.class);

    @Inject
    Selection selection;

    void publish(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunSucceeded event) {
        Run run = event.run();
        if (run.producedVersionId == null || !Files.exists(event.folder().taskRewards())) {
            return;
        }
        try {
            Project project = QuarkusTransaction.requiringNew().call(() -> Project.findById(run.projectId));
            selection.publish(project, run.producedVersionId,
                    RunFolder.readLines(event.folder().taskRewards(), TaskRewards.class));
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "The scores of run %d are not in the queue's order", run.id);
        }
    }
}
