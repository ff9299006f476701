package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Documents of a domain: {@code text}. */
final class DocumentReader implements RowReader {
    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        return List.of(Entry.document(Turns.text(row, "text")));
    }
}
