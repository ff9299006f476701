package dev.ratchet.app.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ratchet.quality.ReviewerFigures;
import java.util.List;
import java.util.Map;

/**
 * What one run of the loop came to; {@code demo-report.json} holds it in snake case.
 *
 * @param goldWinRate how often the promoted (or refused) candidate beats the base on held-out prompts under the gold
 *     rubric, ties as halves
 * @param goldWinRateLow95 lower end of its 95% interval, clustered by prompt
 * @param goldWinRateBefore the base against itself: what no improvement looks like
 * @param goldScoreBefore mean gold score of the base's replies
 * @param goldScoreAfter mean gold score of the candidate's replies
 * @param rewardAccuracyHeldout share of held-out pairs that the reward model orders as people did
 * @param klToBase nats per reply
 * @param ratings ratings that the reviewers sent
 * @param reviewers what a lead is told of each reviewer, by name
 * @param pairs pairs of the snapshot that was trained on
 * @param promoted whether the gate let the candidate through
 * @param servedTextChanged whether the served model answers the examples differently than before
 * @param noiseControl what the gate says of the same candidate when the reward model is replaced by noise
 * @param seconds by stage, and {@code total}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
record DemoReport(
        long seed,
        boolean promoted,
        String decision,
        double goldWinRate,
        double goldWinRateLow95,
        double goldWinRateHigh95,
        double goldWinRateBefore,
        double goldScoreBefore,
        double goldScoreAfter,
        Interval goldScoreBefore95,
        Interval goldScoreAfter95,
        Interval goldWinRateBefore95,
        Map<String, TraitShare> traits,
        int heldOutPrompts,
        double rewardAccuracyHeldout,
        double rewardAccuracyHeldoutLow95,
        double klToBase,
        long ratings,
        List<Reviewer> reviewers,
        int pairs,
        boolean servedTextChanged,
        Map<String, Double> seconds,
        List<Gate> gates,
        String noiseControl,
        List<Example> examples) {

    /**
     * What the quality page says of a reviewer.
     *
     * @param accuracy by the model of Dawid and Skene; null where they never preferred a reply
     * @param leftShare of their choices; null where they made none
     * @param weight what their word counts in a pair
     * @param findings kinds: careless, adversarial, left-picking
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Reviewer(String name, int ratings, Double accuracy, Interval accuracy95,
            Double leftShare, Interval leftShare95, double weight, List<String> findings) {
        static Reviewer of(ReviewerFigures figures) {
            ReviewerFigures.Reliability sure = figures.reliability();
            ReviewerFigures.Sides sides = figures.sides();
            return new Reviewer(figures.reviewer().name(), figures.ratings(),
                    sure == null ? null : sure.accuracy().value(),
                    sure == null ? null : new Interval(sure.accuracy().low(), sure.accuracy().high()),
                    sides == null ? null : sides.share().value(),
                    sides == null ? null : new Interval(sides.share().low(), sides.share().high()),
                    sure == null ? 0 : sure.weight(),
                    figures.findings().stream().map(ReviewerFigures.Found::kind).toList());
        }
    }

    /** A 95% interval. */
    record Interval(double low, double high) {}

    /** Share of held-out replies that have a trait of the rubric. */
    record TraitShare(double before, double after) {}

    /** A gate's decision in one sentence. */
    record Gate(String name, String decision, String explanation) {}

    /** What the served model answered to a held-out prompt before and after. */
    record Example(String prompt, String before, String after, String servedBy) {}
}
