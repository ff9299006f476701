package dev.ratchet.training;

import dev.ratchet.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes runs from the queue, one at a time on a node, watches their workers, and starts a lost one again. Not
 * thread-safe.
 */
@ApplicationScoped
public class RunSupervisor {
    private static final Logger LOG = Logger.getLogger(RunSupervisor.class);

    /** Attempts to record a result before the run is given up: a database may be away for a moment. */
    private static final int COMPLETION_ATTEMPTS = 20;

    @Inject
    Runs runs;

    @Inject
    RunPreparation preparation;

    @Inject
    RunCompletion completion;

    @Inject
    Launcher launcher;

    @Inject
    Clock clock;

    /** A worker that gives no sign of life for so long is ended. */
    @ConfigProperty(name = "ratchet.worker.silence", defaultValue = "PT30S")
    Duration silence;

    /** A run whose worker was lost so many times has failed. */
    @ConfigProperty(name = "ratchet.worker.attempts", defaultValue = "3")
    int attempts;

    private Watch active;

    /** Queues again what an earlier life of this node left running, and ends workers that outlived it. */
    public void adopt() {
        for (Run run : runs.running()) {
            RunFolder folder = preparation.folder(run.id);
            if (Files.isDirectory(folder.root())) {
                if (run.processId != null) {
                    LocalLauncher.stopOrphan(run.processId, folder);
                }
                LOG.infof("Run %d resumes after a restart.", run.id);
                runs.resume(run.id);
            }
        }
    }

    /** One look at the active worker, or at the queue if there is none. */
    public void tick() {
        if (active != null) {
            watch();
        }
        if (active == null) {
            runs.abandoned(silence.multipliedBy(4)).forEach(run -> runs.requeue(run.id, "Waiting for another node"));
            runs.claim().ifPresent(this::launch);
        }
    }

    /** Ends the active worker; its run is resumed at the next start. */
    public void stop() {
        if (active != null) {
            active.worker.kill();
            active = null;
        }
    }

    private void launch(Run run) {
        try {
            RunFolder folder = preparation.prepare(run.id);
            Launcher.Worker worker = launcher.launch(folder);
            active = new Watch(run.id, run.attempt, folder, worker, clock.instant());
            runs.launched(run.id, worker.processId());
        } catch (Problem problem) {
            runs.fail(run.id, problem.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "Run %d could not be started.", run.id);
            runs.fail(run.id, "The worker could not be started: " + e.getMessage());
        }
    }

    private void watch() {
        Watch watch = active;
        boolean alive = watch.worker.alive();
        Instant beat = watch.lastBeat();
        watch.ingest(beat);
        RunStatus status = RunStatus.of(runs.get(watch.runId).status);
        if (status != RunStatus.RUNNING) {
            cancelled(watch, alive);
            return;
        }
        if (alive) {
            if (Duration.between(beat, clock.instant()).compareTo(silence) > 0) {
                LOG.warnf("The worker of run %d is silent since %s and is ended.", watch.runId, beat);
                watch.worker.kill();
                lost(watch, "its worker gave no sign of life for " + silence.toSeconds() + " s");
            }
            return;
        }
        watch.ingest(beat);
        Optional<RunResult> result = watch.folder.finished();
        if (result.isPresent()) {
            complete(watch, result.get());
            return;
        }
        Optional<String> failure = watch.folder.failure();
        if (failure.isPresent()) {
            // The worker itself gave up: another attempt would end the same way.
            active = null;
            runs.fail(watch.runId, failure.get());
        } else {
            lost(watch, "its worker ended without a result");
        }
    }

    private void complete(Watch watch, RunResult result) {
        try {
            completion.complete(watch.runId, watch.folder, result);
            active = null;
        } catch (RuntimeException e) {
            watch.completions++;
            LOG.errorf(e, "The result of run %d could not be recorded (attempt %d).", watch.runId, watch.completions);
            if (e instanceof Problem || watch.completions >= COMPLETION_ATTEMPTS) {
                active = null;
                runs.fail(watch.runId, "The result could not be recorded: " + e.getMessage());
            }
        }
    }

    private void lost(Watch watch, String what) {
        active = null;
        if (watch.attempt < attempts) {
            LOG.warnf("Run %d is started again: %s (attempt %d of %d).", watch.runId, what, watch.attempt, attempts);
            runs.requeue(watch.runId, "Starting again: " + what);
        } else {
            runs.fail(
                    watch.runId,
                    "Given up after %d attempts: %s. The log's end: %s"
                            .formatted(watch.attempt, what, watch.folder.lastLogLines(3)));
        }
    }

    private void cancelled(Watch watch, boolean alive) {
        if (!alive) {
            active = null;
            return;
        }
        if (watch.cancelledAt == null) {
            watch.cancelledAt = clock.instant();
            watch.folder.write(watch.folder.cancel(), "cancelled");
        } else if (Duration.between(watch.cancelledAt, clock.instant()).toSeconds() >= 10) {
            watch.worker.kill();
            active = null;
        }
    }

    /** The worker that is being watched. */
    private final class Watch {
        final long runId;
        final int attempt;
        final RunFolder folder;
        final Launcher.Worker worker;
        final Instant launchedAt;
        long offset;
        Instant recordedBeat = Instant.EPOCH;
        int completions;
        Instant cancelledAt;

        Watch(long runId, int attempt, RunFolder folder, Launcher.Worker worker, Instant launchedAt) {
            this.runId = runId;
            this.attempt = attempt;
            this.folder = folder;
            this.worker = worker;
            this.launchedAt = launchedAt;
        }

        Instant lastBeat() {
            try {
                Instant beat = Files.exists(folder.heartbeat())
                        ? Files.getLastModifiedTime(folder.heartbeat()).toInstant()
                        : launchedAt;
                return beat.isBefore(launchedAt) ? launchedAt : beat;
            } catch (IOException e) {
                return launchedAt;
            }
        }

        void ingest(Instant beat) {
            List<RunProgress> lines = new ArrayList<>();
            long next = folder.readProgress(offset, lines::add);
            if (!lines.isEmpty() || Duration.between(recordedBeat, beat).toMillis() >= 900) {
                runs.progress(runId, lines, beat);
                recordedBeat = beat;
                offset = next;
            }
        }
    }
}
