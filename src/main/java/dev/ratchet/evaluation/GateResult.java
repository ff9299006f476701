package dev.ratchet.evaluation;

/**
 * One condition of a promotion and what was measured.
 *
 * @param name stable name, such as {@code win-rate}
 * @param decision {@code pass}, {@code fail} or {@code undecided}
 * @param estimate the measured value
 * @param low lower end of its 95% interval
 * @param high upper end of its 95% interval
 * @param threshold what the bound is compared with
 * @param explanation one sentence for people
 */
public record GateResult(
        String name, String decision, double estimate, double low, double high, double threshold, String explanation) {}
