package dev.ratchet.stats;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the model of Dawid and Skene says of reviewers and units.
 *
 * @param reviewers by name
 * @param posteriors per unit the probability of each class, [K]; one for the known class of gold units
 * @param classPrior estimated share of each class among the units that are not gold, [K]
 * @param logLikelihood of all labels at the fit's end, in nats
 * @param logPosteriors log-likelihood plus log-prior (up to a constant) at each iteration; it never falls
 * @param converged whether the fit ended before its bound on iterations
 */
public record ReviewerReliability(Map<String, ReviewerAccuracy> reviewers, Map<String, List<Double>> posteriors,
        List<Double> classPrior, double logLikelihood, List<Double> logPosteriors, boolean converged) {

    /**
     * Name and version of the formula of {@link ReviewerAccuracy#weight()}, to be kept beside weights that were used.
     */
    public static final String WEIGHTS = "dawid-skene-v1";

    /** Each reviewer's weight in [0, 1], by name. */
    public Map<String, Double> weights() {
        Map<String, Double> weights = new TreeMap<>();
        reviewers.forEach((reviewer, accuracy) -> weights.put(reviewer, accuracy.weight()));
        return weights;
    }

    /** The most probable class of a unit, the first of equals. */
    public int mostProbableClass(String unit) {
        List<Double> posterior = posteriors.get(unit);
        if (posterior == null) {
            throw new IllegalArgumentException("No label of unit " + unit + " was given.");
        }
        int best = 0;
        for (int k = 1; k < posterior.size(); k++) {
            best = posterior.get(k) > posterior.get(best) ? k : best;
        }
        return best;
    }
}
