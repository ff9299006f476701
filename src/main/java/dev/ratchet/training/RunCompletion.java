package dev.ratchet.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Manifest;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Records what a run achieved: its version, its result and what follows from it, in one transaction. */
@ApplicationScoped
public class RunCompletion {
    @Inject
    Runs runs;

    @Inject
    Versions versions;

    @Inject
    ObjectMapper json;

    @Inject
    Event<RunSucceeded> succeeded;

    /** Records the result; a run that is no longer running (cancelled, say) keeps its status. */
    @Transactional
    public void complete(long runId, RunFolder folder, RunResult result) {
        Run run = runs.lock(runId);
        if (RunStatus.of(run.status) != RunStatus.RUNNING) {
            return;
        }
        if (result.model()) {
            run.producedVersionId = register(run, folder, result).id;
        }
        run.step = run.totalSteps;
        runs.succeed(run, json.convertValue(result, new TypeReference<Map<String, Object>>() {}));
        succeeded.fire(new RunSucceeded(run, folder));
    }

    private ModelVersion register(Run run, RunFolder folder, RunResult result) {
        RunSpec spec = runs.spec(run);
        Project project = Project.findById(run.projectId);
        ModelVersion champion = versions.get(run.baseVersionId);
        Snapshot snapshot = Snapshot.findById(run.snapshotId);
        String kind = RunKind.of(run.kind) == RunKind.REWARD ? ModelVersion.REWARD : ModelVersion.POLICY;
        RunSpec.ModelReference reward = spec.models().get(RunSpec.REWARD);
        Manifest manifest = new Manifest(
                kind,
                champion.name,
                null,
                run.id,
                snapshot.digest,
                result.labelled(),
                reward == null ? null : reward.name(),
                result.loss(),
                result.pooling(),
                spec.compute().type(),
                "float32",
                run.seed,
                run.spec,
                result.metrics(),
                result.tokens(),
                Map.of());
        return versions.register(project, kind, null, folder.output(), champion, run.id, manifest);
    }
}
