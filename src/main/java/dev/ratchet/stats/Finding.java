package dev.ratchet.stats;

/**
 * Something about a reviewer's work that a lead should look at; never a verdict on its own.
 *
 * @param probability of such evidence by chance among all reviewers tested (Holm's adjustment)
 * @param evidence one sentence with the figures
 */
public record Finding(String reviewer, Kind kind, double probability, String evidence) {

    /** What the work looks like. */
    public enum Kind {
        /** No more often right than by chance, and less so than the team. */
        CARELESS,
        /** Wrong more often than by chance. */
        ADVERSARIAL,
        /** Prefers what is shown on the left. */
        LEFT_PICKING,
        /** Prefers what is shown on the right. */
        RIGHT_PICKING,
        /** Takes far less time than the others. */
        TOO_FAST
    }
}
