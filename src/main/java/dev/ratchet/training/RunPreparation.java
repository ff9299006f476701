package dev.ratchet.training;

import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.dataset.export.TrainingExamples;
import dev.ratchet.platform.DataFolder;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Digests;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.task.Selection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Lays out the folder in which a worker finds its spec and its inputs, all checked. */
@ApplicationScoped
public class RunPreparation {
    /** Most tasks that a reward model scores for the queue: it is done before the run ends. */
    private static final int SCORED_TASKS = 2_000;

    @Inject
    DataFolder data;

    @Inject
    Snapshots snapshots;

    @Inject
    Versions versions;

    @Inject
    Runs runs;

    @Inject
    RunPlans plans;

    @Inject
    Selection selection;

    @Inject
    TrainingExamples examples;

    /** The folder of a run on this node. */
    public RunFolder folder(long runId) {
        return new RunFolder(data.runs().resolve(Long.toString(runId)));
    }

    /** Makes the folder ready for the next attempt; the checkpoints of earlier attempts stay. */
    @Transactional
    public RunFolder prepare(long runId) {
        Run run = runs.get(runId);
        RunSpec spec = runs.spec(run);
        RunFolder folder = folder(runId);
        try {
            Files.createDirectories(folder.root());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make " + folder.root() + ": " + e.getMessage(), e);
        }
        folder.beforeAttempt();
        Map<String, String> models = new LinkedHashMap<>();
        spec.models().forEach((part, reference) -> {
            ModelVersion version = versions.get(reference.id());
            models.put(part, versions.open(version).toString());
        });
        folder.write(folder.spec(), spec);
        folder.write(folder.inputs(), new RunInputs(models, snapshot(run).toString()));
        if (spec.prompts() != null && !Files.exists(folder.prompts())) {
            folder.writeLines(folder.prompts(), plans.prompts(Project.findById(run.projectId), spec));
        }
        if (RunKind.of(spec.kind()) == RunKind.SUPERVISED && !Files.exists(folder.examples())) {
            folder.writeLines(folder.examples(), (Consumer<Object> line) -> examples.read(
                    Project.findById(run.projectId), Snapshot.findById(run.snapshotId),
                    spec.demonstrations() == null ? 0 : spec.demonstrations(), line::accept));
        }
        if (RunKind.of(spec.kind()) == RunKind.REWARD) {
            // Written anew for each attempt: what was rated meanwhile needs no score.
            folder.writeLines(folder.tasks(), selection.open(Project.findById(run.projectId), SCORED_TASKS));
        }
        return folder;
    }

    private Path snapshot(Run run) {
        Snapshot snapshot = Snapshot.findById(run.snapshotId);
        Path file = snapshots.file(snapshot);
        try {
            if (Files.isRegularFile(file) && Digests.ofFile(file).equals(snapshot.digest)) {
                return file;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Snapshot %s cannot be read.".formatted(snapshot.path), e);
        }
        throw new Problem(
                500,
                "artefact-damaged",
                "A stored artefact is damaged",
                "Snapshot %s is missing or was changed. Restore it from a backup, or start the loop again."
                        .formatted(snapshot.path));
    }
}
