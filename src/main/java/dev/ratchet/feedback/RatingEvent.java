package dev.ratchet.feedback;

import java.time.Instant;
import java.util.UUID;

/**
 * A revision of a rating, as topic {@code feedback.rating.v1} carries it (key: the task's id).
 *
 * @param ratingId the rating, the same over its revisions
 * @param revision 1 for the first; a higher one replaces every lower one, whatever the order of delivery
 * @param reviewer pseudonym of who rated
 * @param verdict {@code preference}, {@code tie}, {@code both_bad} or {@code withdrawn}
 * @param preferredResponseId the better answer; null unless the verdict is a preference
 * @param otherResponseId the other answer; null unless the verdict is a preference
 * @param strength 1 to 3; null unless the verdict is a preference
 */
public record RatingEvent(
        UUID ratingId,
        int revision,
        long projectId,
        long taskId,
        UUID reviewer,
        String verdict,
        Long preferredResponseId,
        Long otherResponseId,
        Integer strength,
        int guidelinesVersion,
        Instant occurredAt) {

    public static final String TOPIC = "feedback.rating.v1";
    public static final String TYPE = "dev.ratchet.feedback.rating.v1";
}
