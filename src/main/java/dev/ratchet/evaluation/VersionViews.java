package dev.ratchet.evaluation;

import dev.ratchet.lm.Message;
import dev.ratchet.platform.Markdown;
import dev.ratchet.platform.Shown;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Prompt;
import dev.ratchet.registry.AliasChange;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelImports;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.security.Account;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes what the pages of versions show. */
@Singleton
class VersionViews {
    private static final int EXAMPLES = 10;

    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    Markdown markdown;

    @Inject
    Lineage lineage;

    /** @param imports what can be imported as the first model; null for who may not */
    VersionPageView.ListPage list(Project project, ModelImports imports) {
        List<ModelVersion> all = versions.list(project);
        Map<Long, String> names =
                all.stream().collect(Collectors.toMap(version -> version.id, version -> version.name));
        Optional<ModelAlias> champion = aliases.champion(project);
        List<VersionPageView.Row> rows =
                all.stream().map(version -> row(version, names, champion)).toList();
        List<AliasChange> history = aliases.history(project, ModelAlias.CHAMPION);
        return new VersionPageView.ListPage(
                ProjectHead.of(project),
                rows.stream().filter(VersionPageView.Row::champion).findFirst().orElse(null),
                champion.map(alias -> alias.updatedAt).orElse(null),
                champion.map(alias -> alias.revision).orElse(0),
                aliases.rollbackTarget(project, ModelAlias.CHAMPION).map(version -> version.name).orElse(null),
                history.stream().map(change -> move(change, names)).toList(),
                rows,
                champion.isPresent() ? List.of() : all.stream()
                        .filter(version -> version.kind.equals(ModelVersion.POLICY))
                        .map(version -> new VersionPageView.Link(version.id, version.name)).toList(),
                imports == null ? null : imports.folders(),
                imports == null ? null : imports.place().toString());
    }

    /** @param shown which examples: {@code all}, {@code better} or {@code worse} */
    VersionPageView.Detail detail(Project project, ModelVersion version, String shown) {
        Map<Long, String> names = versions.list(project).stream()
                .collect(Collectors.toMap(one -> one.id, one -> one.name));
        Optional<ModelAlias> champion = aliases.champion(project);
        Optional<Evaluation> evaluation = newest(version.id);
        VersionPageView.Row row = row(version, names, champion);
        List<VersionPageView.Fact> facts = new ArrayList<>();
        facts("", version.manifest, facts);
        return new VersionPageView.Detail(
                ProjectHead.of(project),
                row,
                link(version.parentId, names),
                null,
                version.digest,
                facts,
                evaluation.map(one -> evaluation(one, names, shown)).orElse(null),
                ModelVersion.<ModelVersion>list("parentId = ?1 order by id", version.id).stream()
                        .map(child -> new VersionPageView.Link(child.id, child.name))
                        .toList(),
                champion.map(alias -> alias.revision).orElse(0),
                !row.champion() && evaluation.filter(one -> one.decision.equals(Gate.PASS)).isPresent());
    }

    static Optional<Evaluation> newest(long candidateId) {
        return Evaluation.find("candidateId = ?1 order by id desc", candidateId).firstResultOptional();
    }

    private VersionPageView.Evidence evaluation(Evaluation evaluation, Map<Long, String> names, String shown) {
        String filter = switch (shown) {
            case "better" -> " and candidateScore > championScore";
            case "worse" -> " and candidateScore < championScore";
            default -> "";
        };
        List<EvaluationSample> samples = EvaluationSample.<EvaluationSample>find(
                        "evaluationId = ?1" + filter + " order by promptId", evaluation.id)
                .page(0, EXAMPLES)
                .list();
        return new VersionPageView.Evidence(
                evaluation.id,
                evaluation.runId,
                evaluation.decision,
                evaluation.promoted,
                names.get(evaluation.candidateId),
                names.get(evaluation.championId),
                link(evaluation.rewardId, names),
                evaluation.createdAt,
                evaluation.gates.stream().map(GateView::of).toList(),
                EvaluationSample.count("evaluationId = ?1 and candidateScore > championScore", evaluation.id),
                EvaluationSample.count("evaluationId", evaluation.id),
                shown,
                samples.stream().map(this::example).toList());
    }

    private VersionPageView.Example example(EvaluationSample sample) {
        Prompt prompt = Prompt.findById(sample.promptId);
        Message asked = prompt.messages.get(prompt.messages.size() - 1);
        return new VersionPageView.Example(
                asked.content(),
                markdown.render(sample.championText),
                markdown.render(sample.candidateText),
                sample.championScore,
                sample.candidateScore);
    }

    private VersionPageView.Row row(
            ModelVersion version, Map<Long, String> names, Optional<ModelAlias> champion) {
        return new VersionPageView.Row(
                version.id,
                version.name,
                version.kind,
                version.parentId == null ? null : names.get(version.parentId),
                version.runId,
                newest(version.id).map(evaluation -> evaluation.decision).orElse(null),
                version.createdAt,
                champion.filter(alias -> alias.versionId.equals(version.id)).isPresent(),
                lineage.retractedOf(version.id));
    }

    private static VersionPageView.Move move(AliasChange change, Map<Long, String> names) {
        return new VersionPageView.Move(
                change.revision,
                change.fromVersionId == null ? null : names.get(change.fromVersionId),
                change.toVersionId,
                names.get(change.toVersionId),
                actor(change.actor),
                change.reason,
                change.createdAt);
    }

    /** The record holds a person's pseudonym; the page names the person as long as the account is there. */
    private static String actor(String actor) {
        try {
            return Account.<Account>find("pseudonym", UUID.fromString(actor))
                    .firstResultOptional()
                    .map(account -> account.displayName)
                    .orElse("a person who has left");
        } catch (IllegalArgumentException part) {
            return actor.equals(Promotion.ACTOR) ? "the gate" : actor;
        }
    }

    private static VersionPageView.Link link(Long id, Map<Long, String> names) {
        return id == null || !names.containsKey(id) ? null : new VersionPageView.Link(id, names.get(id));
    }

    private static void facts(String prefix, Map<?, ?> values, List<VersionPageView.Fact> into) {
        values.forEach((key, value) -> {
            String name = prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key;
            if (value instanceof Map<?, ?> nested) {
                facts(name, nested, into);
            } else if (value instanceof Double fraction) {
                into.add(new VersionPageView.Fact(name, Shown.decimal(fraction)));
            } else if (value != null && !(value instanceof List)) {
                String text = value.toString();
                into.add(new VersionPageView.Fact(name, text.matches("[0-9a-f]{64}") ? Shown.digest(text) : text));
            }
        });
    }
}
