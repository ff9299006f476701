package dev.ratchet.dataset;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes one preference of what several people said of two responses, or none. */
interface Aggregation {
    /** {@link MeanStrength}: everybody counts the same. */
    Aggregation MEAN_STRENGTH = new Aggregation() {
        @Override
        public String policy() {
            return MeanStrength.NAME;
        }

        @Override
        public Optional<MeanStrength.Preference> aggregate(long first, long second, List<CastVote> votes) {
            return MeanStrength.aggregate(first, second, votes.stream().map(CastVote::vote).toList());
        }
    };

    /** Name and version of the policy. */
    String policy();

    /** What the votes on two responses say together; empty if they say nothing, or cancel out. */
    Optional<MeanStrength.Preference> aggregate(long first, long second, List<CastVote> votes);

    /**
     * A vote and whose it is.
     *
     * @param reviewer their pseudonym
     * @param adjudication whether it is a lead's decision
     */
    record CastVote(UUID reviewer, boolean adjudication, MeanStrength.Vote vote) {}
}
