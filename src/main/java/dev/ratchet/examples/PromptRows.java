package dev.ratchet.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.List;

/** TRL's prompt-only format: {@code {prompt}}, a text or messages. */
final class PromptRows implements RowFormat<List<Message>> {
    @Override
    public List<Message> read(ObjectNode row) throws RowException {
        return new Fields(row).prompt();
    }
}
