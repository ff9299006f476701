package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Message;
import dev.ratchet.question.Questions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A reviewer's own current rating with what it was about, in the order that was shown. */
public record MyRating(
        UUID ratingId,
        int revision,
        long taskId,
        List<Message> prompt,
        List<Answer> responses,
        Questions questions,
        JsonNode answers,
        Instant ratedAt) {}
