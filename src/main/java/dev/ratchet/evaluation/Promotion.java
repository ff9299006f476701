package dev.ratchet.evaluation;

import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectSettings;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.WinRate;
import dev.ratchet.training.EvaluationRow;
import dev.ratchet.training.Run;
import dev.ratchet.training.RunFolder;
import dev.ratchet.training.RunKind;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import dev.ratchet.training.RunSucceeded;
import dev.ratchet.training.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges an evaluation run by the gates, and promotes its candidate if it meets all of them. */
@ApplicationScoped
public class Promotion {
    /** Who moves the alias when the evidence suffices. */
    public static final String ACTOR = "gate";

    @Inject
    Runs runs;

    @Inject
    Versions versions;

    @Inject
    Aliases aliases;

    @Inject
    Clock clock;

    void judge(@Observes RunSucceeded event) {
        if (RunKind.of(event.run().kind) == RunKind.EVALUATION) {
            judge(event.run(), event.folder());
        }
    }

    /**
     * Stores the evaluation with its samples; moves {@code champion} if it still is what the candidate was compared
     * with.
     */
    @Transactional
    Evaluation judge(Run run, RunFolder folder) {
        Project project = Project.findById(run.projectId);
        RunSpec spec = runs.spec(run);
        List<EvaluationRow> rows = RunFolder.readLines(folder.evaluation(), EvaluationRow.class);
        Evaluation evaluation = new Evaluation();
        evaluation.projectId = project.id;
        evaluation.runId = run.id;
        evaluation.candidateId = run.candidateVersionId;
        evaluation.championId = run.baseVersionId;
        evaluation.rewardId = run.rewardVersionId;
        evaluation.gates = gates(rows, folder.read(folder.result(), RunResult.class), project.settings);
        evaluation.decision = Gate.decide(evaluation.gates);
        evaluation.createdAt = clock.instant();
        evaluation.persist();
        storeSamples(evaluation, rows);
        if (evaluation.decision.equals(Gate.PASS)) {
            ModelVersion candidate = versions.get(evaluation.candidateId);
            evaluation.promoted = aliases.tryMove(
                            project,
                            ModelAlias.CHAMPION,
                            spec.championRevision(),
                            candidate,
                            evaluation.id,
                            ACTOR,
                            "All gates passed in evaluation %d".formatted(evaluation.id))
                    .isPresent();
        }
        return evaluation;
    }

    static List<GateResult> gates(List<EvaluationRow> rows, RunResult result, ProjectSettings settings) {
        WinRate rate = new WinRate();
        ClusteredMean nats = new ClusteredMean();
        for (EvaluationRow row : rows) {
            rate.compare(row.promptId(), row.candidateScore(), row.championScore());
            nats.add(row.promptId(), row.klToChampion());
        }
        double correct = ((Number) result.metrics().getOrDefault("heldout_correct", 0)).doubleValue();
        int pairs = ((Number) result.metrics().getOrDefault("heldout_pairs", 0)).intValue();
        return List.of(
                Gate.winRate(rate, settings.minimumWinRate()),
                Gate.rewardAccuracy(correct, pairs, settings.minimumRewardAccuracy()),
                Gate.kl(nats, settings.klBudget()));
    }

    private static void storeSamples(Evaluation evaluation, List<EvaluationRow> rows) {
        Set<Long> stored = new HashSet<>();
        for (EvaluationRow row : rows) {
            // People look at one reply a prompt; the run's folder keeps all.
            if (stored.add(row.promptId())) {
                EvaluationSample sample = new EvaluationSample();
                sample.evaluationId = evaluation.id;
                sample.promptId = row.promptId();
                sample.candidateText = storable(row.candidateText());
                sample.championText = storable(row.championText());
                sample.candidateScore = row.candidateScore();
                sample.championScore = row.championScore();
                sample.persist();
            }
        }
    }

    /** A model may write the character 0, which PostgreSQL cannot store in a text. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
