package dev.ratchet.stats;

/** How often one side's answer beats the other's, ties as halves, clustered by prompt. */
public final class WinRate {
    private final ClusteredMean outcomes = new ClusteredMean();

    /** Adds one comparison: the higher score wins, equal scores tie. */
    public WinRate compare(Object prompt, double candidate, double champion) {
        if (Double.isNaN(candidate) || Double.isNaN(champion)) {
            throw new IllegalArgumentException("A score of prompt %s is not a number.".formatted(prompt));
        }
        outcomes.add(prompt, candidate > champion ? 1 : candidate < champion ? 0 : 0.5);
        return this;
    }

    public int prompts() {
        return outcomes.clusters();
    }

    public int comparisons() {
        return outcomes.observations();
    }

    /**
     * The win rate with its cluster-robust 95% interval within 0 and 1; where all prompts agree and the variance says
     * nothing, Wilson's interval over prompts.
     */
    public Interval interval() {
        double rate = outcomes.mean();
        if (outcomes.standardError() == 0) {
            Interval wilson = Proportions.wilson(rate * prompts(), prompts());
            return new Interval(rate, wilson.low(), wilson.high());
        }
        Interval interval = outcomes.interval();
        return new Interval(rate, Math.max(0, interval.low()), Math.min(1, interval.high()));
    }
}
