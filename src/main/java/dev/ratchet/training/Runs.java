package dev.ratchet.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The record of runs: their queue, their changes of status, their progress. */
@ApplicationScoped
@Transactional
public class Runs {
    @Inject
    EntityManager entities;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    @Inject
    Event<RunChanged> changed;

    /** Queues a run. */
    public Run create(Project project, RunSpec spec, Long snapshotId, String triggeredBy) {
        Instant now = clock.instant();
        Run run = new Run();
        run.projectId = project.id;
        run.kind = spec.kind();
        run.status = RunStatus.QUEUED.code();
        run.spec = json.convertValue(spec, new TypeReference<Map<String, Object>>() {});
        run.seed = spec.seed();
        run.snapshotId = snapshotId;
        run.baseVersionId = id(spec, RunSpec.CHAMPION);
        run.rewardVersionId = id(spec, RunSpec.REWARD);
        run.candidateVersionId = id(spec, RunSpec.CANDIDATE);
        run.triggeredBy = triggeredBy;
        run.stage = "Waiting for a worker";
        run.createdAt = now;
        run.persist();
        changed.fire(new RunChanged(run.projectId, run.id, run.status));
        return run;
    }

    /** The run with this id; 404 {@code run-unknown} if there is none. */
    public Run get(long id) {
        Run run = Run.findById(id);
        if (run == null) {
            throw Problem.notFound("run-unknown", "No such run", "There is no run %d.".formatted(id));
        }
        return run;
    }

    /** Runs of a project, newest first. */
    public List<Run> list(Project project, int limit) {
        return Run.find("projectId = ?1 order by id desc", project.id).page(0, limit).list();
    }

    public RunSpec spec(Run run) {
        return json.convertValue(run.spec, RunSpec.class);
    }

    /** Metrics of a run's steps after {@code afterStep}, in order. */
    public List<RunMetric> metrics(long runId, int afterStep, int limit) {
        return RunMetric.find("runId = ?1 and step > ?2 order by step", runId, afterStep).page(0, limit).list();
    }

    /** Takes the oldest queued run for a worker of this node; no other node gets it. */
    public Optional<Run> claim() {
        List<?> ids = entities.createNativeQuery(
                        "select id from run where status = 'queued' order by id limit 1 for update skip locked")
                .getResultList();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        Run run = lock(((Number) ids.get(0)).longValue());
        become(run, RunStatus.RUNNING);
        run.attempt++;
        run.stage = "Starting the worker";
        run.heartbeatAt = clock.instant();
        if (run.startedAt == null) {
            run.startedAt = run.heartbeatAt;
        }
        return Optional.of(run);
    }

    public void launched(long runId, long processId) {
        lock(runId).processId = processId;
    }

    /** Stores what a worker has reported since the last call: its newest stage, and the metrics of training steps. */
    public void progress(long runId, List<RunProgress> lines, Instant heartbeat) {
        Run run = lock(runId);
        run.heartbeatAt = heartbeat;
        if (lines.isEmpty()) {
            return;
        }
        RunProgress last = lines.get(lines.size() - 1);
        run.stage = last.stage();
        run.step = last.step();
        run.totalSteps = last.total();
        for (RunProgress line : lines) {
            if (line.metrics() != null) {
                // A resumed worker repeats the steps after its last checkpoint.
                entities.createNativeQuery("insert into run_metric (run_id, step, metrics)"
                                + " values (?1, ?2, cast(?3 as jsonb)) on conflict (run_id, step) do update"
                                + " set metrics = excluded.metrics")
                        .setParameter(1, runId)
                        .setParameter(2, line.step())
                        .setParameter(3, text(line.metrics()))
                        .executeUpdate();
            }
        }
    }

    /** Puts a run whose worker was lost back into the queue, to resume from its last checkpoint. */
    public void requeue(long runId, String stage) {
        Run run = lock(runId);
        if (RunStatus.of(run.status) == RunStatus.RUNNING) {
            become(run, RunStatus.QUEUED);
            run.stage = stage;
            run.processId = null;
        }
    }

    /** As {@link #requeue}, when the platform itself was away: it does not count as an attempt. */
    public void resume(long runId) {
        requeue(runId, "Resuming after a restart");
        Run run = lock(runId);
        run.attempt = Math.max(0, run.attempt - 1);
    }

    public void fail(long runId, String error) {
        Run run = lock(runId);
        if (RunStatus.of(run.status).unfinished()) {
            become(run, RunStatus.FAILED);
            run.error = error;
            run.stage = "Failed";
            run.finishedAt = clock.instant();
        }
    }

    void succeed(Run run, Map<String, Object> result) {
        become(run, RunStatus.SUCCEEDED);
        run.result = result;
        run.stage = "Done";
        run.finishedAt = clock.instant();
    }

    /** Stops a run for good; 409 {@code run-finished} if it is over. */
    public Run cancel(long runId) {
        Run run = lock(runId);
        become(run, RunStatus.CANCELLED);
        run.stage = "Cancelled";
        run.finishedAt = clock.instant();
        return run;
    }

    /** Queues a failed run again, with fresh attempts; 409 {@code run-status} if it did not fail. */
    public Run retry(long runId) {
        Run run = lock(runId);
        become(run, RunStatus.QUEUED);
        run.attempt = 0;
        run.error = null;
        run.finishedAt = null;
        run.stage = "Waiting for a worker";
        return run;
    }

    /** Runs that a worker should be busy with. */
    public List<Run> running() {
        return Run.list("status = ?1 order by id", RunStatus.RUNNING.code());
    }

    /** Running runs whose node has said nothing for the given time. */
    public List<Run> abandoned(Duration silence) {
        return Run.list(
                "status = ?1 and heartbeatAt < ?2", RunStatus.RUNNING.code(), clock.instant().minus(silence));
    }

    Run lock(long runId) {
        Run run = entities.find(Run.class, runId, LockModeType.PESSIMISTIC_WRITE);
        if (run == null) {
            throw Problem.notFound("run-unknown", "No such run", "There is no run %d.".formatted(runId));
        }
        return run;
    }

    private void become(Run run, RunStatus next) {
        RunStatus present = RunStatus.of(run.status);
        if (!present.mayBecome(next)) {
            throw Problem.conflict(
                    "run-status",
                    "The run cannot change so",
                    "Run %d is %s and cannot become %s.".formatted(run.id, present.code(), next.code()));
        }
        run.status = next.code();
        changed.fire(new RunChanged(run.projectId, run.id, run.status));
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("Metrics cannot be written as JSON.", e);
        }
    }

    private static Long id(RunSpec spec, String part) {
        RunSpec.ModelReference model = spec.models().get(part);
        return model == null ? null : model.id();
    }
}
