package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Prompts alone: {@code prompt} or {@code messages}; a line of plain text is one too. */
final class PromptReader implements RowReader {
    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        if (row.hasNonNull("messages")) {
            return List.of(Entry.prompt(Turns.messages(row.path("messages"), "messages")));
        }
        String name = row.has("prompt") || !row.has("text") ? "prompt" : "text";
        return List.of(Entry.prompt(Turns.prompt(row.path(name), name)));
    }
}
