package dev.ratchet.dataset;

import dev.ratchet.platform.Shown;
import dev.ratchet.project.ProjectHead;
import java.util.Comparator;
import java.util.List;

/**
 * What the page of the aggregation policy shows.
 *
 * @param policy that holds
 * @param reviewers what each would count in a snapshot taken now, most first
 * @param done whether a policy was just chosen
 * @param problem why none was; null for no problem
 */
record AggregationView(ProjectHead head, String policy, List<Reviewer> reviewers, boolean done, String problem) {
    AggregationView {
        reviewers = reviewers.stream().sorted(Comparator.comparingDouble((Reviewer one) -> -one.weight().weight())
                .thenComparing(Reviewer::name)).toList();
    }

    /** Whom a lead knows by name. */
    record Reviewer(String name, ReviewerWeight weight) {
        public String accuracy() {
            return Shown.percent(weight.accuracy());
        }

        public String shown() {
            return String.format(java.util.Locale.ENGLISH, "%.2f", weight.weight());
        }
    }

    public boolean isWeighing() {
        return policy.equals(ReliableStrength.NAME);
    }

    /** Who would count for nothing. */
    public long silent() {
        return reviewers.stream().filter(one -> one.weight().weight() == 0).count();
    }
}
