package dev.ratchet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ratchet.dataset.DeliveredRating;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.evaluation.Evaluation;
import dev.ratchet.evaluation.Evaluations;
import dev.ratchet.evaluation.Gate;
import dev.ratchet.evaluation.GateResult;
import dev.ratchet.evaluation.Lineage;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.Manifest;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.TestFolders;
import dev.ratchet.registry.Versions;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.task.Task;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loop from people's pairs to a promotion, with real workers, on a very small policy. */
@QuarkusTest
@TestProfile(RetrainingLoopTest.ForATinyPolicy.class)
class RetrainingLoopTest {
    /** A policy of 50,000 parameters needs larger steps than one of two million. */
    public static final class ForATinyPolicy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ratchet.recipe.reward.learning-rate", "0.002",
                    "ratchet.recipe.preference.learning-rate", "0.002",
                    "ratchet.recipe.preference.epochs", "2");
        }
    }

    @Inject
    TinyCampaign campaign;

    @Inject
    RetrainingLoop loop;

    @Inject
    RunPlans plans;

    @Inject
    Runs runs;

    @Inject
    Versions versions;

    @Inject
    Aliases aliases;

    @Inject
    Evaluations evaluations;

    @Inject
    Lineage lineage;

    @Test
    void pairsBecomeABetterChampionAndNoiseIsRefused() throws IOException {
        Project project = campaign.create();
        ModelVersion base = aliases.championVersion(project);
        List<Long> waiting = campaign.reopen(project, 20);

        Run first = loop.byHand(project, "someone");
        assertThatThrownBy(() -> loop.byHand(project, "someone")).hasMessageContaining("under way");
        Evaluation evaluation = await().atMost(Duration.ofMinutes(6))
                .until(() -> newest(project, first.id), found -> found != null);

        assertThat(evaluation.gates).extracting(GateResult::name)
                .containsExactly(Gate.WIN_RATE, Gate.REWARD_ACCURACY, Gate.KL);
        assertThat(evaluation.gates).allSatisfy(gate -> assertThat(gate.decision()).as(gate.explanation()).isEqualTo(Gate.PASS));
        assertThat(evaluation.promoted).isTrue();
        ModelVersion champion = aliases.championVersion(project);
        assertThat(champion.name).isEqualTo("policy-2");
        assertThat(champion.parentId).isEqualTo(base.id);
        assertThat(versions.manifest(champion).loss()).isEqualTo("dpo-sigmoid@1");
        assertThat(versions.manifest(champion).labelled()).hasSize(64);
        double before = politeShare(base);
        assertThat(before).isBetween(0.3, 0.7);
        assertThat(politeShare(champion)).isGreaterThan(before + 0.1);
        assertThat(runs.metrics(evaluationRun(evaluation).id, 0, 10)).isEmpty();
        List<Run> chain = runs.list(project, 10);
        assertThat(chain).extracting(run -> run.kind).containsExactly("evaluation", "preference", "reward");
        assertThat(runs.metrics(chain.get(1).id, 0, 10)).isNotEmpty()
                .allSatisfy(step -> assertThat(step.metrics).containsKeys("loss", "gradient_norm", "learning_rate"));

        // The reward model's run scored what waits for ratings, before the policy was trained.
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> QuarkusTransaction.requiringNew().run(() -> assertThat(
                        Task.<Task>list("projectId = ?1 and selection is not null", project.id))
                .allSatisfy(task -> assertThat(task.selectionScore).isBetween(0.0, 1.0))
                .extracting(task -> task.id).containsExactlyInAnyOrderElementsOf(waiting)));
        lineageLeadsFromARatingToTheChampionAndBack(project, champion);
        noiseIsRefused(project, base, champion, evaluation);
    }

    @Test
    void newDemonstrationsAreTrainedSupervisedFirstAndPairsFromThere() {
        Project project = campaign.create(6);
        ModelVersion base = aliases.championVersion(project);
        campaign.demonstrate(project, 5);
        loop.advance();
        assertThat(runs.list(project, 10)).isEmpty();
        campaign.demonstrate(project, 7);

        Evaluation evaluation = await().atMost(Duration.ofMinutes(6)).pollInterval(Duration.ofMillis(500)).until(() -> {
            loop.advance();
            return newest(project, 0);
        }, found -> found != null);

        List<Run> chain = runs.list(project, 10);
        assertThat(chain).extracting(run -> run.kind)
                .containsExactly("evaluation", "preference", "reward", "supervised");
        assertThat(chain).allSatisfy(run -> assertThat(run.triggeredBy).isEqualTo("demonstrations"));
        Run supervised = chain.get(3);
        assertThat(supervised.baseVersionId).isEqualTo(base.id);
        assertThat(versions.manifest(versions.get(supervised.producedVersionId)).tokens()).containsEntry("demonstration", 12L);
        // The preference run goes on from there, and its candidate is compared with the champion all the same.
        assertThat(chain.get(1).baseVersionId).isEqualTo(supervised.producedVersionId);
        assertThat(versions.get(evaluation.candidateId).parentId).isEqualTo(supervised.producedVersionId);
        assertThat(evaluation.championId).isEqualTo(base.id);
        assertThat(evaluation.gates).extracting(GateResult::name)
                .containsExactly(Gate.WIN_RATE, Gate.REWARD_ACCURACY, Gate.KL);
        // What was given to a supervised run is nothing new.
        loop.advance();
        assertThat(runs.list(project, 10)).hasSize(4);
    }

    private void lineageLeadsFromARatingToTheChampionAndBack(Project project, ModelVersion champion) {
        UUID rating = QuarkusTransaction.requiringNew()
                .call(() -> DeliveredRating.<DeliveredRating>find("projectId", project.id).firstResult().ratingId);
        Lineage.OfRating forward = lineage.ofRating(rating);
        assertThat(forward.snapshots()).hasSize(1);
        assertThat(forward.runs()).extracting(Lineage.RunStep::kind).containsExactly("reward", "preference", "evaluation");
        assertThat(forward.versions()).extracting(Lineage.VersionStep::name).containsExactly("reward-1", "policy-2");
        assertThat(forward.versions().get(1).champion()).isTrue();
        assertThat(forward.promotions()).extracting(Lineage.PromotionStep::versionId).containsExactly(champion.id);
        Lineage.OfVersion back = lineage.ofVersion(champion.id);
        assertThat(back.ancestors()).extracting(Lineage.VersionStep::name).containsExactly("policy-1", "reward-1");
        assertThat(back.ratings()).extracting(Lineage.RatingStep::ratingId).contains(rating).hasSize(384);
        assertThat(lineage.ofRating(UUID.randomUUID()).versions()).isEmpty();
    }

    /** The same candidate that a real reward model let through does not pass on the word of a random one. */
    private void noiseIsRefused(Project project, ModelVersion base, ModelVersion candidate, Evaluation passed) throws IOException {
        aliases.rollback(project, ModelAlias.CHAMPION, "someone");
        ModelVersion noise = versions.importFolder(
                project, ModelVersion.REWARD, "noise", noise(base), Manifest.imported(ModelVersion.REWARD, "a random head"));
        Run run = QuarkusTransaction.requiringNew().call(() -> {
            Snapshot snapshot = Snapshot.<Snapshot>find("projectId", project.id).firstResult();
            return runs.create(project, plans.evaluation(project, snapshot, null, noise, candidate), snapshot.id, "test");
        });
        Evaluation refused = await().atMost(Duration.ofMinutes(4))
                .until(() -> newest(project, run.id), found -> found != null);
        assertThat(refused.id).isNotEqualTo(passed.id);
        assertThat(refused.decision).isNotEqualTo(Gate.PASS);
        assertThat(refused.promoted).isFalse();
        assertThat(refused.gates.get(1).decision()).as(refused.gates.get(1).explanation()).isNotEqualTo(Gate.PASS);
        assertThat(aliases.championVersion(project).id).isEqualTo(base.id);
    }

    private Path noise(ModelVersion base) throws IOException {
        Path folder = TestFolders.create().resolve("noise");
        try (LanguageModel trunk = LanguageModel.load(versions.open(base), ComputeType.FLOAT32);
                RewardModel reward = RewardModel.fromTrunk(trunk, Pooling.LAST)) {
            reward.save(folder);
            Map<String, Tensor> weights = new LinkedHashMap<>(reward.decoder().tensors());
            Random random = new Random(23);
            weights.replaceAll((name, tensor) -> name.startsWith("score") ? random(tensor, random) : tensor);
            Safetensors.write(folder.resolve("model.safetensors"), weights, StorageType.FLOAT32, Map.of("format", "pt"));
        }
        return folder;
    }

    private static Tensor random(Tensor like, Random random) {
        float[] values = new float[like.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(like.shape(), values);
    }

    private double politeShare(ModelVersion version) {
        List<List<Message>> prompts = IntStream.range(0, 200).mapToObj(TinyPolicy::prompt).toList();
        try (LanguageModel model = LanguageModel.load(versions.open(version), ComputeType.FLOAT32)) {
            List<Completion> replies =
                    model.generate(prompts, new Sampling(24, 1, 0, 1, 99, List.of()), ProgressListener.SILENT);
            return replies.stream().filter(reply -> reply.text().contains(TinyPolicy.POLITE)).count() / 200.0;
        }
    }

    private Run evaluationRun(Evaluation evaluation) {
        return runs.get(evaluation.runId);
    }

    /** The evaluation of a run with at least this id; a run that failed ends the wait with its error. */
    private Evaluation newest(Project project, long fromRun) {
        for (Run run : runs.list(project, 20)) {
            if (run.id >= fromRun && run.status.equals(RunStatus.FAILED.code())) {
                throw new AssertionError("Run %d (%s) failed: %s".formatted(run.id, run.kind, run.error));
            }
        }
        return evaluations.list(project).stream()
                .filter(evaluation -> evaluation.runId >= fromRun)
                .findFirst()
                .orElse(null);
    }
}
