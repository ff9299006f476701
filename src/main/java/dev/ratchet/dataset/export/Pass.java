package dev.ratchet.dataset.export;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** One walk over what is stored, which gives rows as it goes and never holds more than a few. */
interface Pass {

    /**
     * Walks until the end, or until no more rows are wanted.
     *
     * @return whether more rows are wanted
     */
    boolean run(Connection connection, Row out) throws SQLException, IOException;

    /** How many rows it gives. */
    default long count(Connection connection) throws SQLException, IOException {
        long[] rows = new long[1];
        run(connection, values -> {
            rows[0]++;
            return true;
        });
        return rows[0];
    }
}
