package dev.ratchet.intake.format;

/** A row cannot be used; the message is a clause without its full stop. */
final class RowRejected extends Exception {
    private static final long serialVersionUID = 1;

    RowRejected(String reason) {
        super(reason, null, false, false);
    }
}
