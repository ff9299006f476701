package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.List;

/**
 * OpenAI's formats: {@code messages} whose last turn is the assistant's are a demonstration, whose last is the user's a
 * prompt; {@code preferred_output} and {@code non_preferred_output} are a pair. ShareGPT's {@code conversations} too.
 */
final class ChatReader implements RowReader {
    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        if (row.has("preferred_output")) {
            List<Message> prompt = Turns.messages(row.path("input").path("messages"), "input.messages");
            return List.of(Entry.pair(prompt, Turns.answer(row.path("preferred_output"), "preferred_output"),
                    Turns.answer(row.path("non_preferred_output"), "non_preferred_output"), 1, 0));
        }
        String name = row.has("messages") || !row.has("conversations") ? "messages" : "conversations";
        List<Message> turns = Turns.messages(row.path(name), name);
        if (!turns.get(turns.size() - 1).role().equals("assistant")) {
            return List.of(Entry.prompt(turns));
        }
        List<Message> prompt = List.copyOf(turns.subList(0, turns.size() - 1));
        if (prompt.isEmpty()) {
            throw new RowRejected("'" + name + "' begins with the assistant's turn");
        }
        return List.of(Entry.demonstration(prompt, Turns.answerAfter(prompt, turns, name)));
    }
}
