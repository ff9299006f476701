package dev.ratchet.intake.format;

import java.io.Closeable;
import java.io.IOException;

/** The rows of a file, one at a time: only one is in memory. */
interface RowSource extends Closeable {
    /**
     * The next row, one that cannot be read among them; null at the end.
     *
     * @throws IOException if the disk fails; a file that is broken gives a row with a fault and then ends
     */
    RawRow next() throws IOException;

    /** Passes over the rows up to a number, as far as there are any. */
    default void skipTo(long number) throws IOException {
        for (long at = 0; at < number; ) {
            RawRow row = next();
            if (row == null) {
                return;
            }
            at = row.number();
        }
    }
}
