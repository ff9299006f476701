package dev.ratchet.feedback;

/** An event that can never be handled, however often it is delivered; the message says why. */
public final class RejectedEvent extends RuntimeException {

    public RejectedEvent(String reason) {
        super(reason);
    }
}
