package dev.ratchet.question;

import java.util.List;

/**
 * The responses that a reviewer judged, in the order in which they were shown.
 *
 * @param responses their ids
 * @param texts the text of each
 */
public record Shown(List<Long> responses, List<String> texts) {
    public Shown {
        responses = List.copyOf(responses);
        texts = List.copyOf(texts);
        if (responses.size() != texts.size()) {
            throw new IllegalArgumentException("Each response needs its text.");
        }
    }

    /** The text of a response; null if it was not shown. */
    String text(long response) {
        int place = responses.indexOf(response);
        return place < 0 ? null : texts.get(place);
    }
}
