package dev.ratchet.examples;

/** A row cannot be used; the reason is a clause without its full stop. */
public final class RowException extends Exception {
    private static final long serialVersionUID = 1;
    private final Fault fault;

    RowException(Fault fault, String reason) {
        super(reason, null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
