package dev.ratchet.feedback;

import java.util.List;

/** What follows from delivered ratings: called in the transaction that marks them as received. */
public interface RatingHandler {

    /**
     * Takes events that were never handled before, in the order of delivery of each task. Whatever this writes commits
     * together with the inbox, or not at all.
     *
     * @throws RejectedEvent if an event can never be handled: it goes to the dead letters
     * @throws RuntimeException otherwise: the events are delivered again
     */
    void handle(List<RatingEvent> events);
}
