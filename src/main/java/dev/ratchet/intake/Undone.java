package dev.ratchet.intake;

/**
 * What became of the rows of an import that was taken back.
 *
 * @param removed rows that nothing used
 * @param kept rows that something uses, which stay
 */
public record Undone(Counts removed, Counts kept) {

    /** Rows of each kind; documents are demonstrations, too. */
    public record Counts(long prompts, long responses, long pairs, long documents, long tasks) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(prompts + other.prompts, responses + other.responses, pairs + other.pairs,
                    documents + other.documents, tasks + other.tasks);
        }

        Counts minus(Counts other) {
            return new Counts(prompts - other.prompts, responses - other.responses, pairs - other.pairs,
                    documents - other.documents, tasks - other.tasks);
        }
    }

    static Undone begun(Counts there) {
        return new Undone(Counts.NONE, there);
    }

    /** The same import when so much of it is still there. */
    Undone left(Counts there) {
        return new Undone(removed.plus(kept).minus(there), there);
    }
}
