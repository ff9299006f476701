package dev.ratchet.feedback;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A revision of a rating, as topic {@code feedback.rating.v2} carries it (key: the task's id).
 *
 * @param ratingId the rating, the same over its revisions
 * @param revision 1 for the first; a higher one replaces every lower one, whatever the order of delivery
 * @param reviewer pseudonym of who rated
 * @param withdrawn whether the rating was taken back
 * @param comparisons what it says of which response is better; empty if it says nothing of that, or was withdrawn
 * @param instructionsVersion the version of the project's guidelines and questions that it answered
 * @param kind what it is; absent in events of ratings that were written before there were adjudications
 */
public record RatingEvent(
        UUID ratingId,
        int revision,
        long projectId,
        long taskId,
        UUID reviewer,
        boolean withdrawn,
        List<Compared> comparisons,
        int instructionsVersion,
        Instant occurredAt,
        Kind kind) {

    public static final String TOPIC = "feedback.rating.v2";
    public static final String TYPE = "dev.ratchet.feedback.rating.v2";

    public RatingEvent {
        kind = kind == null ? Kind.RATING : kind;
    }

    /** An event of a reviewer's rating. */
    public RatingEvent(UUID ratingId, int revision, long projectId, long taskId, UUID reviewer, boolean withdrawn,
            List<Compared> comparisons, int instructionsVersion, Instant occurredAt) {
        this(ratingId, revision, projectId, taskId, reviewer, withdrawn, comparisons, instructionsVersion, occurredAt,
                Kind.RATING);
    }

    /** Whose word it is. */
    public enum Kind {
        /** A reviewer's: one of several. */
        @JsonProperty("rating")
        RATING,
        /** A lead's where reviewers disagree: while it is not withdrawn, it alone decides on its task. */
        @JsonProperty("adjudication")
        ADJUDICATION;

        /** The name in events and in the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Two responses that were compared.
     *
     * @param firstResponseId the smaller id of the two
     * @param strength 1 to 3 where the first is better, -3 to -1 where the second is, 0 for neither
     * @param bothBad whether neither is good; the strength is 0 then
     */
    public record Compared(long firstResponseId, long secondResponseId, int strength, boolean bothBad) {}
}
