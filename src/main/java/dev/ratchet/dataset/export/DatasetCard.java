package dev.ratchet.dataset.export;

import dev.ratchet.project.Project;
import dev.ratchet.quality.AgreementFigures;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The card of an exported data set, as the Hugging Face hub reads it: a header in YAML, then what people read. */
final class DatasetCard {
    private DatasetCard() {}

    static String write(Exports.Ready export, Map<String, Long> counts, List<AgreementFigures.Row> agreement,
            Instant now) {
        Project project = export.project();
        ExportRequest request = export.request();
        StringBuilder card = new StringBuilder("---\n");
        card.append("pretty_name: ").append(quoted(project.name + ": " + what(request.kind()))).append('\n');
        card.append("license: other # no licence is chosen: put yours here before you publish\n");
        card.append("task_categories:\n- ").append(category(request.kind())).append('\n');
        card.append("tags:\n- human-feedback\n- ").append(request.kind().code()).append("\n- ratchet\n");
        card.append("size_categories:\n- ").append(size(total(counts))).append('\n');
        card.append("configs:\n- config_name: default\n  data_files:\n");
        counts.keySet().forEach(split -> card.append("  - split: ").append(split).append("\n    path: data/")
                .append(split).append(".jsonl\n"));
        card.append("---\n\n# ").append(line(project.name)).append("\n\n");
        if (!project.description.isBlank()) {
            card.append(line(project.description)).append("\n\n");
        }
        card.append("Made by people's ratings in the project `").append(project.slug).append("` of Ratchet: ")
                .append(what(request.kind())).append(", written ").append(now.truncatedTo(ChronoUnit.SECONDS))
                .append(".\n\n");
        card.append("| split | rows |\n|---|--:|\n");
        counts.forEach((split, rows) -> card.append("| ").append(split).append(" | ").append(rows).append(" |\n"));
        card.append("\nA prompt stands on one side of the split for ever, with all prompts of its split group.\n\n");
        card.append("## Where the rows come from\n\n");
        card.append(export.snapshot() == null
                ? "The newest revision of each rating when the file was written.\n"
                : "Snapshot " + export.snapshot().id + ", frozen " + export.snapshot().createdAt
                        .truncatedTo(ChronoUnit.SECONDS) + ", SHA-256 `" + export.snapshot().digest + "`.\n");
        card.append("Guidelines and questions: version ").append(project.instructionsVersion)
                .append(" holds now; a rating names the version that it answered.\n");
        card.append("Each row has the ids of its ratings in `rating_ids`. Reviewers have pseudonyms.\n");
        card.append(request.freeText() ? "Comments and reasons are in it: people may have named themselves or others.\n"
                : "Comments and reasons are left out.\n");
        agreement(card, export, agreement);
        card.append("\n## Policy\n\n- Ties: ").append(ties(request.ties())).append("\n- Disagreement: ")
                .append(disagreement(request.disagreement())).append('\n');
        card.append("\n## Fields\n\n");
        request.kind().columns().forEach(column -> card.append("- `").append(column.name()).append("`\n"));
        card.append("\n## Licence\n\nNone is chosen yet. Whoever publishes the data chooses one, and has asked the"
                + " people whose words are in it.\n");
        return card.toString();
    }

    private static void agreement(StringBuilder card, Exports.Ready export, List<AgreementFigures.Row> agreement) {
        card.append("\n## Agreement\n\n");
        if (agreement.isEmpty()) {
            card.append("No rating of a scale is behind the rows.\n");
            return;
        }
        card.append("Krippendorff's alpha, 1 for perfect agreement and 0 for none beyond chance, with its 95%"
                + " bootstrap")
                .append(" interval; a unit is what two people or more rated. It is of the newest ")
                .append(ExportedAgreement.MOST).append(" ratings at most");
        card.append(export.snapshot() == null ? ".\n"
                : ", of those that the snapshot's pairs were made from: tasks whose ratings cancel out made no pair"
                        + " and are not among them.\n");
        card.append("\n| question | version | level | alpha | 95% interval | units | ratings | people |\n")
                .append("|---|--:|---|--:|---|--:|--:|--:|\n");
        agreement.forEach(row -> card.append("| ").append(line(row.title()).replace("|", "\\|")).append(" | ")
                .append(row.version()).append(" | ").append(row.level()).append(" | ")
                .append(row.alpha().isDefined() ? row.alpha().number() : "undefined").append(" | ")
                .append(!row.alpha().isDefined() ? row.alpha().undefined()
                        : row.alpha().isBounded() ? row.alpha().range() : "none: too few disagreements").append(" | ")
                .append(row.units()).append(" | ").append(row.ratings()).append(" | ").append(row.reviewers())
                .append(" |\n"));
    }

    /** What a kind of rows is, in a few words. */
    static String what(RowKind kind) {
        return switch (kind) {
            case PREFERENCE -> "preference rows (prompt, chosen, rejected)";
            case KTO -> "single answers with a label (prompt, completion, label)";
            case SFT -> "demonstrations (prompt, completion)";
            case DOCUMENTS -> "documents (text)";
            case REWARD -> "answers with scores (prompt, responses)";
            case RATINGS -> "full ratings";
        };
    }

    private static String category(RowKind kind) {
        return kind == RowKind.REWARD ? "text-classification" : "text-generation";
    }

    private static String ties(String policy) {
        return switch (policy) {
            case ExportRequest.BOTH -> "`both`: a tie stands in both ways, each with weight 0.5.";
            case ExportRequest.KEEP -> "`keep`: a tie is in the row as what it is.";
            default -> "`drop`: answers that nothing tells apart make no row.";
        };
    }

    private static String disagreement(String policy) {
        return switch (policy) {
            case ExportRequest.MAJORITY -> "`majority`: the answer that more ratings prefer is chosen.";
            case ExportRequest.ALL -> "`all`: each rating makes its own row.";
            case ExportRequest.NET_WEIGHT -> "`net-weight`: what the pairs that chose an answer weigh, less those that"
                    + " rejected it and the share of ratings that found both bad.";
            case ExportRequest.MEAN -> "`mean`: the means over all ratings of a task.";
            default -> "`mean-strength`: the mean strength of all ratings decides; the row's `aggregation` names the"
                    + " policy with its version.";
        };
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String size(long rows) {
        String[] names = {"n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M"};
        int at = 0;
        for (long bound = 1000; rows >= bound && at < names.length - 1; bound *= 10) {
            at++;
        }
        return names[at];
    }

    /** A YAML text on one line. */
    private static String quoted(String text) {
        return "\"" + line(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
