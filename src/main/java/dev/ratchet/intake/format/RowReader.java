package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the rows of a layout say. */
interface RowReader {
    /** @throws RowRejected where the row says nothing that can be used, with the reason */
    List<Entry> read(ObjectNode row) throws RowRejected;
}
