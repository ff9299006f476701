package dev.ratchet.training;

import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.export.TrainingExamples;
import dev.ratchet.project.Project;
import dev.ratchet.project.Prompt;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.Digests;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Resolves what a run depends on into its spec. */
@ApplicationScoped
public class RunPlans {
    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    MachineCompute compute;

    @Inject
    RecipeConfig recipes;

    @Inject
    EntityManager entities;

    @Inject
    TrainingExamples examples;

    @ConfigProperty(name = "ratchet.seed", defaultValue = "17")
    long seed;

    RunSpec supervised(Project project, Snapshot snapshot, String chain) {
        long newest = examples.newest(project.id);
        return spec(project, RunKind.SUPERVISED, snapshot, chain, Map.of(), newest == 0 ? null : newest, null, null);
    }

    RunSpec reward(Project project, Snapshot snapshot, String chain) {
        return spec(project, RunKind.REWARD, snapshot, chain, Map.of(), null, null, null);
    }

    /** @param start the policy to optimise; empty for the champion */
    RunSpec preference(
            Project project, Snapshot snapshot, String chain, ModelVersion reward, Optional<ModelVersion> start) {
        Map<String, ModelVersion> parts = new HashMap<>(Map.of(RunSpec.REWARD, reward));
        start.ifPresent(version -> parts.put(RunSpec.CHAMPION, version));
        return spec(
                project,
                RunKind.PREFERENCE,
                snapshot,
                chain,
                parts,
                null,
                selection(project, "train", recipes.recipe().samplingPrompts()),
                generation(project, project.settings.samplesPerPrompt()));
    }

    RunSpec evaluation(Project project, Snapshot snapshot, String chain, ModelVersion reward, ModelVersion candidate) {
        Recipe recipe = recipes.recipe();
        return spec(
                project,
                RunKind.EVALUATION,
                snapshot,
                chain,
                Map.of(RunSpec.REWARD, reward, RunSpec.CANDIDATE, candidate),
                null,
                selection(project, "eval", recipe.evaluationPrompts()),
                generation(project, recipe.evaluationSamples()));
    }

    /** The prompts that a selection names, in its order. */
    List<RunPrompt> prompts(Project project, RunSpec spec) {
        RunSpec.PromptSelection selection = spec.prompts();
        return Prompt.<Prompt>list(
                        "projectId = ?1 and split = ?2 and id <= ?3", project.id, selection.split(), selection.upTo())
                .stream()
                .sorted(Comparator.comparing((Prompt prompt) -> Digests.ofText(spec.seed() + "/" + prompt.digest))
                        .thenComparing(prompt -> prompt.id))
                .limit(selection.limit())
                .map(prompt -> new RunPrompt(prompt.id, prompt.messages))
                .toList();
    }

    private RunSpec spec(
            Project project,
            RunKind kind,
            Snapshot snapshot,
            String chain,
            Map<String, ModelVersion> parts,
            Long demonstrations,
            RunSpec.PromptSelection prompts,
            RunSpec.Generation generation) {
        // Read once: the version and the revision that the gate compares must be of one moment.
        ModelAlias champion = aliases.requireChampion(project);
        return new RunSpec(
                kind.code(),
                chain,
                seed(project),
                compute.choose(),
                models(champion, parts),
                champion.revision,
                snapshot.digest,
                demonstrations,
                prompts,
                generation,
                project.settings.beta(),
                project.settings.supervisedCoefficient(),
                recipes.recipe());
    }

    /** @param parts those of the run's own; the champion among them stands for the one of now */
    private Map<String, RunSpec.ModelReference> models(ModelAlias alias, Map<String, ModelVersion> parts) {
        ModelVersion start = parts.containsKey(RunSpec.CHAMPION)
                ? parts.get(RunSpec.CHAMPION) : versions.get(alias.versionId);
        Map<String, RunSpec.ModelReference> models = new LinkedHashMap<>();
        models.put(RunSpec.CHAMPION, reference(start));
        models.put(RunSpec.ROOT, reference(versions.root(start)));
        for (String part : List.of(RunSpec.REWARD, RunSpec.CANDIDATE)) {
            if (parts.containsKey(part)) {
                models.put(part, reference(parts.get(part)));
            }
        }
        return models;
    }

    private RunSpec.PromptSelection selection(Project project, String split, int limit) {
        Long newest = entities.createQuery(
                        "select max(p.id) from Prompt p where p.projectId = ?1 and p.split = ?2", Long.class)
                .setParameter(1, project.id)
                .setParameter(2, split)
                .getSingleResult();
        return new RunSpec.PromptSelection(split, limit, newest == null ? 0 : newest);
    }

    private static RunSpec.Generation generation(Project project, int samples) {
        return new RunSpec.Generation(samples, project.settings.maxReplyTokens(), project.settings.temperature());
    }

    /** Differs from run to run of a project, and is the same when the same project is made again. */
    private long seed(Project project) {
        long earlier = Run.count("projectId", project.id);
        return Long.parseUnsignedLong(Digests.ofText(seed + "/" + project.slug + "/" + earlier).substring(0, 8), 16);
    }

    private static RunSpec.ModelReference reference(ModelVersion version) {
        return new RunSpec.ModelReference(version.id, version.name, version.digest);
    }
}
