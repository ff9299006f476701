package dev.ratchet.dataset.export;

import java.io.IOException;

/** A file of rows that is being written. Closing it writes its end, and leaves the stream below open. */
interface RowFile extends Row, AutoCloseable {
    @Override
    void close() throws IOException;
}
