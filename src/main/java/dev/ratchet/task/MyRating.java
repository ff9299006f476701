package dev.ratchet.task;

import dev.ratchet.lm.Message;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A reviewer's own current rating with what it was about, in the order that was shown. */
public record MyRating(
        UUID ratingId,
        int revision,
        long taskId,
        List<Message> prompt,
        Answer left,
        Answer right,
        Verdict verdict,
        Integer strength,
        String comment,
        Instant ratedAt) {}
