package dev.ratchet.dataset.export;

import dev.ratchet.platform.Problem;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody wants exported.
 *
 * @param snapshot a snapshot's id; null for what the ratings say now
 * @param splits {@code train}, {@code eval}, or both
 * @param ties {@code drop}; {@code both}: the pair stands in both ways, each with weight 0.5; {@code keep}: the row
 *     says it
 * @param disagreement which policy makes one word of several ratings
 * @param freeText whether comments and reasons come along, in which people may have named themselves or others
 */
record ExportRequest(
        RowKind kind, FileType type, Long snapshot, List<String> splits, String ties, String disagreement,
        boolean freeText) {
    static final String DROP = "drop";
    static final String BOTH = "both";
    static final String KEEP = "keep";
    static final String MEAN_STRENGTH = "mean-strength";
    static final String MAJORITY = "majority";
    static final String ALL = "all";
    static final String NET_WEIGHT = "net-weight";
    static final String MEAN = "mean";

    private static final List<String> SPLITS = List.of("train", "eval");

    /**
     * Reads what the address says; what is absent is taken as usual.
     *
     * @throws Problem 404 for a file that no export has; 422 for a choice that does not exist, naming those that do
     */
    static ExportRequest of(String file, Long snapshot, String split, String ties, String disagreement,
            boolean freeText) {
        int dot = file.indexOf('.');
        RowKind kind = dot < 0 ? null : RowKind.of(file.substring(0, dot)).orElse(null);
        FileType type = dot < 0 ? null : FileType.of(file.substring(dot + 1)).orElse(null);
        if (kind == null || type == null) {
            throw Problem.notFound("unknown-export", "There is no such export", "Name a file of "
                    + Arrays.stream(RowKind.values()).map(RowKind::code).toList() + " that ends in one of "
                    + FileType.endings() + ", such as preference.jsonl.");
        }
        List<String> splits = split == null || split.isEmpty() || split.equals("all") ? SPLITS
                : List.of(choice("split", split, List.of("train", "eval", "all")));
        String tied = ties == null || ties.isEmpty() ? kind.ties().get(0) : choice("ties", ties, kind.ties());
        String disagreed = disagreement == null || disagreement.isEmpty() ? kind.disagreements().get(0)
                : choice("disagreement", disagreement, kind.disagreements());
        if (snapshot != null && kind == RowKind.PREFERENCE
                && !(tied.equals(DROP) && disagreed.equals(MEAN_STRENGTH))
                || snapshot != null && kind == RowKind.KTO && !tied.equals(DROP)) {
            throw Problem.unprocessable("frozen-policy", "A snapshot's policy is frozen",
                    "The pairs of a snapshot are as they were trained on: leave 'ties' and 'disagreement' out, or"
                            + " export the current pairs.");
        }
        return new ExportRequest(kind, type, snapshot, splits, tied, disagreed, freeText);
    }

    private static String choice(String name, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw Problem.unprocessable("unknown-choice", "There is no such choice",
                    "'" + name + "' must be one of " + allowed + " here.");
        }
        return value;
    }

    /** The file's name for whoever downloads it. */
    String fileName(String slug) {
        return slug + "-" + kind.code() + (snapshot == null ? "" : "-snapshot-" + snapshot) + "." + type.ending();
    }
}
