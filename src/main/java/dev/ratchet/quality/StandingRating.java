package dev.ratchet.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.question.Shown;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * A rating in its newest revision, as far as figures need it; a withdrawn one does not stand.
 *
 * @param answers without free texts
 * @param version of the instructions that it answers
 * @param shown the responses in the order in which its reviewer saw them
 */
public record StandingRating(long task, long reviewer, JsonNode answers, long activeMillis, int version, Instant at,
        List<Long> shown) {

    /** The responses as questions read them; their texts bear on no figure. */
    Shown order() {
        return new Shown(shown, Collections.nCopies(shown.size(), ""));
    }
}
