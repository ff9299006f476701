package dev.ratchet.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How little reward models know of which response is better, in bits from 0 to 1 for each two responses, on average.
 *
 * <p>A model's probability that one response beats another is the logistic function of the difference of their rewards
 * (Bradley and Terry 1952). The entropy of the models' mean probability is the sum of two parts (Houlsby et al. 2011,
 * BALD): how unsure each model is by itself, and how much they disagree.
 *
 * @param unsure mean entropy of each model's own probability
 * @param disagreement what the entropy of the mean probability has more than that; 0 for one model
 */
record Doubt(double unsure, double disagreement) {

    /** Both parts: the entropy of the mean probability. */
    double total() {
        return unsure + disagreement;
    }

    /**
     * @param models rewards by the response's id, one entry for each model; all of the same responses, two at least
     */
    static Doubt of(Collection<Map<Long, Double>> models) {
        List<Long> responses = new ArrayList<>(models.iterator().next().keySet());
        double unsure = 0;
        double total = 0;
        int pairs = 0;
        for (int one = 0; one < responses.size(); one++) {
            for (int other = one + 1; other < responses.size(); other++) {
                double mean = 0;
                for (Map<Long, Double> rewards : models) {
                    double wins = 1 / (1
                            + Math.exp(rewards.get(responses.get(other)) - rewards.get(responses.get(one))));
                    mean += wins / models.size();
                    unsure += entropy(wins) / models.size();
                }
                total += entropy(mean);
                pairs++;
            }
        }
        return new Doubt(unsure / pairs, Math.max(0, total - unsure) / pairs);
    }

    private static double entropy(double probability) {
        return probability <= 0 || probability >= 1 ? 0
                : -(probability * Math.log(probability) + (1 - probability) * Math.log(1 - probability)) / Math.log(2);
    }
}
