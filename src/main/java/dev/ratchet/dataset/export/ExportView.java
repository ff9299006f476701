package dev.ratchet.dataset.export;

import dev.ratchet.project.ProjectHead;
import java.util.List;

/** What the export page shows. */
record ExportView(
        ProjectHead head, List<Kind> kinds, List<Frozen> snapshots, Chosen chosen, String problem, Long made) {

    /** Rows of a kind: how many there are as usual, and the first of them. */
    record Kind(String code, long train, long eval, String example) {}

    /** A snapshot to choose. */
    record Frozen(long id, String pairs, String date) {}

    /** What the form says. */
    record Chosen(String rows, String type, Long snapshot, String split, String ties, String disagreement,
            boolean text) {
        static final Chosen USUAL = new Chosen("preference", "jsonl", null, "all", "", "", false);
    }

    public boolean isEmpty() {
        return kinds.stream().allMatch(kind -> kind.train() + kind.eval() == 0);
    }
}
