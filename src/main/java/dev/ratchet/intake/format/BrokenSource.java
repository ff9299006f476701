package dev.ratchet.intake.format;

/** A file that cannot be read from its beginning on: one row that says so. */
final class BrokenSource implements RowSource {
    private String reason;

    BrokenSource(String reason) {
        this.reason = reason;
    }

    @Override
    public RawRow next() {
        if (reason == null) {
            return null;
        }
        RawRow row = RawRow.faulty(1, 1, "", "the file cannot be read: " + reason);
        reason = null;
        return row;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
