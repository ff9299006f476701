package dev.ratchet.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What the ratings say of one reviewer's work; what they say nothing of is null.
 *
 * @param ratings in the sample
 * @param sides how often they chose the answer on the left
 * @param gold how often they gave the known answer of gold tasks
 * @param times active time a task
 * @param reliability accuracy by the model of Dawid and Skene
 * @param findings reasons for a lead to look, none for most
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReviewerFigures(Reviewer reviewer, int ratings, Sides sides, Gold gold, Times times,
        Reliability reliability, List<Found> findings) {

    /** @param share of left choices among choices of either answer, with Wilson's interval */
    public record Sides(int left, int choices, Estimate share, double probability) {}

    /** @param accuracy with Wilson's interval */
    public record Gold(int right, int answered, Estimate accuracy) {}

    /** Quartiles of the active time, in seconds. */
    public record Times(double lowerQuartile, double median, double upperQuartile) {}

    /**
     * @param accuracy balanced; chance is one half
     * @param effectiveLabels how many gold labels theirs are worth
     * @param weight what their comparisons would count for in training, 0 to 1
     */
    public record Reliability(Estimate accuracy, int labels, double effectiveLabels, double weight) {}

    /**
     * @param kind in words: left-picking
     * @param evidence one sentence
     */
    public record Found(String kind, String evidence, double probability) {}
}
