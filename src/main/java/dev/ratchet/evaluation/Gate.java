package dev.ratchet.evaluation;

import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.Proportions;
import dev.ratchet.stats.WinRate;
import java.util.Locale;

/** The conditions of a promotion. Each says pass, fail, or undecided where the evidence does not reach. */
public final class Gate {
    public static final String PASS = "pass";
    public static final String FAIL = "fail";
    public static final String UNDECIDED = "undecided";

    public static final String WIN_RATE = "win-rate";
    public static final String REWARD_ACCURACY = "reward-accuracy";
    public static final String KL = "kl";

    /** Fewer clusters than this do not bear a normal approximation. */
    static final int FEWEST = 20;

    private Gate() {}

    /** The lower bound of the reward model's win rate of the candidate over the champion must be above the minimum. */
    public static GateResult winRate(WinRate rate, double minimum) {
        if (rate.prompts() < FEWEST) {
            return tooFew(WIN_RATE, rate.prompts(), "held-out prompts", minimum);
        }
        Interval interval = rate.interval();
        return above(
                WIN_RATE,
                interval,
                minimum,
                "By the reward model the candidate wins %s of comparisons with the champion on %d held-out prompts"
                        .formatted(percent(interval), rate.prompts()));
    }

    /**
     * The lower bound of the reward model's accuracy on people's held-out pairs must be above the minimum.
     *
     * @param correct pairs whose chosen answer it scores higher, equal scores as halves
     */
    public static GateResult rewardAccuracy(double correct, int pairs, double minimum) {
        if (pairs < FEWEST) {
            return tooFew(REWARD_ACCURACY, pairs, "held-out pairs", minimum);
        }
        Interval interval = Proportions.wilson(correct, pairs);
        return above(
                REWARD_ACCURACY,
                interval,
                minimum,
                "The reward model agrees with people on %s of %d held-out pairs".formatted(percent(interval), pairs));
    }

    /** The upper bound of the candidate's distance from the champion, in nats a reply, must be within the budget. */
    public static GateResult kl(ClusteredMean nats, double budget) {
        if (nats.clusters() < FEWEST) {
            return tooFew(KL, nats.clusters(), "held-out prompts", budget);
        }
        Interval interval = nats.interval();
        String decision = interval.high() <= budget ? PASS : interval.low() > budget ? FAIL : UNDECIDED;
        String verdict =
                switch (decision) {
                    case PASS -> "within the budget of %.1f";
                    case FAIL -> "beyond the budget of %.1f";
                    default -> "too close to the budget of %.1f to say";
                };
        return new GateResult(
                KL,
                decision,
                interval.estimate(),
                interval.low(),
                interval.high(),
                budget,
                String.format(
                        Locale.ROOT,
                        "The candidate stands %.2f nats a reply from the champion (95%%: %.2f to %.2f), "
                                + verdict + ".",
                        interval.estimate(),
                        interval.low(),
                        interval.high(),
                        budget));
    }

    /** All must pass; one that fails decides; else there is not enough evidence. */
    public static String decide(Iterable<GateResult> gates) {
        String decision = PASS;
        for (GateResult gate : gates) {
            if (gate.decision().equals(FAIL)) {
                return FAIL;
            }
            if (gate.decision().equals(UNDECIDED)) {
                decision = UNDECIDED;
            }
        }
        return decision;
    }

    private static GateResult above(String name, Interval interval, double minimum, String finding) {
        String decision = interval.low() > minimum ? PASS : interval.high() <= minimum ? FAIL : UNDECIDED;
        String verdict =
                switch (decision) {
                    case PASS -> "the lower bound is above %.0f%%";
                    case FAIL -> "even the upper bound is not above %.0f%%";
                    default -> "the interval does not clear %.0f%%, so this is undecided";
                };
        return new GateResult(
                name,
                decision,
                interval.estimate(),
                interval.low(),
                interval.high(),
                minimum,
                finding + "; " + String.format(Locale.ROOT, verdict, 100 * minimum) + ".");
    }

    private static GateResult tooFew(String name, int count, String what, double threshold) {
        boolean share = !name.equals(KL);
        return new GateResult(
                name,
                UNDECIDED,
                share ? 0.5 : 0,
                0,
                share ? 1 : 0,
                threshold,
                "There are %d %s; at least %d are needed to decide.".formatted(count, what, FEWEST));
    }

    private static String percent(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f%% (95%%: %.1f%% to %.1f%%)",
                100 * interval.estimate(),
                100 * interval.low(),
                100 * interval.high());
    }
}
