package dev.ratchet.dataset.export;

import static dev.ratchet.dataset.export.Column.Type.ANSWER;
import static dev.ratchet.dataset.export.Column.Type.JSON;
import static dev.ratchet.dataset.export.Column.Type.MESSAGES;
import static dev.ratchet.dataset.export.Column.Type.NUMBER;
import static dev.ratchet.dataset.export.Column.Type.TEXT;
import static dev.ratchet.dataset.export.Column.Type.TEXTS;
import static dev.ratchet.dataset.export.Column.Type.TRUTH;
import static dev.ratchet.dataset.export.Column.Type.WHOLE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the rows of an export say, and to whom: the forms that trainers read, and the ratings themselves. */
enum RowKind {
    /** TRL's preference rows with an explicit, conversational prompt. */
    PREFERENCE(Column.of("prompt", MESSAGES), Column.of("chosen", ANSWER), Column.of("rejected", ANSWER),
            Column.of("weight", NUMBER), Column.of("margin", NUMBER), Column.of("source", TEXT),
            Column.of("pair_id", WHOLE)),
    /** TRL's unpaired preference rows: one answer, and whether it is a good one. */
    KTO(Column.of("prompt", MESSAGES), Column.of("completion", ANSWER), Column.of("label", TRUTH),
            Column.of("weight", NUMBER), Column.of("source", TEXT)),
    /**
     * TRL's prompt and completion rows: what reviewers wrote, the answers that they chose, and imported demonstrations.
     */
    SFT(Column.of("prompt", MESSAGES), Column.of("completion", ANSWER), Column.of("source", TEXT)),
    /** TRL's language modelling rows: texts of a domain. */
    DOCUMENTS(Column.of("text", TEXT)),
    /** A prompt with all of its answers and the scores of each. */
    REWARD(Column.of("prompt", MESSAGES), Column.of("responses", JSON)),
    /** Everything that a rating said. */
    RATINGS(Column.of("rating_id", TEXT), Column.of("revision", WHOLE), Column.of("task_id", WHOLE),
            Column.of("purpose", TEXT), Column.of("reviewer", TEXT), Column.of("instructions_version", WHOLE),
            Column.of("prompt", MESSAGES), Column.of("responses", JSON), Column.of("answers", JSON),
            Column.of("comparisons", JSON), Column.of("active_millis", WHOLE), Column.of("created_at", TEXT));

    private final List<Column> columns;

    RowKind(Column... own) {
        List<Column> all = new ArrayList<>(Arrays.asList(own));
        all.addAll(List.of(Column.of("split", TEXT), Column.of("prompt_id", WHOLE), Column.of("rating_ids", TEXTS),
                Column.of("aggregation", TEXT), Column.of("ties", TEXT), Column.of("disagreement", TEXT)));
        columns = List.copyOf(all);
    }

    static Optional<RowKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** Its name in addresses. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its own fields, and those that every row has: where it comes from and by which policy. */
    List<Column> columns() {
        return columns;
    }

    /** How ties can be treated, the usual way first. */
    List<String> ties() {
        return switch (this) {
            case PREFERENCE, KTO -> List.of(ExportRequest.DROP, ExportRequest.BOTH);
            case SFT, DOCUMENTS -> List.of(ExportRequest.DROP);
            case REWARD, RATINGS -> List.of(ExportRequest.KEEP);
        };
    }

    /** How several ratings of the same answers can be treated, the usual way first. */
    List<String> disagreements() {
        return switch (this) {
            case PREFERENCE -> List.of(ExportRequest.MEAN_STRENGTH, ExportRequest.MAJORITY, ExportRequest.ALL);
            case KTO -> List.of(ExportRequest.NET_WEIGHT);
            case SFT, DOCUMENTS -> List.of(ExportRequest.MEAN_STRENGTH);
            case REWARD -> List.of(ExportRequest.MEAN);
            case RATINGS -> List.of(ExportRequest.ALL);
        };
    }
}
