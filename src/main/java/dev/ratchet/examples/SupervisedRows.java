package dev.ratchet.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.SupervisedExample;
import java.util.List;

/**
 * TRL's formats for supervised training: {@code {messages}}, all of whose assistant's turns are learned;
 * {@code {prompt, completion}}; or {@code {text}}, all of which is learned.
 */
final class SupervisedRows implements RowFormat<SupervisedExample> {
    @Override
    public SupervisedExample read(ObjectNode row) throws RowException {
        Fields fields = new Fields(row);
        if (fields.has("messages")) {
            return dialogue(fields);
        } else if (fields.has("prompt")) {
            List<Message> prompt = fields.prompt();
            return new SupervisedExample(prompt, fields.answer("completion", prompt));
        } else if (fields.has("text")) {
            return SupervisedExample.text(Fields.notEmpty("text", fields.text("text")));
        }
        throw new RowException(Fault.MISSING_FIELD, "the row has none of 'messages', 'prompt' and 'text'");
    }

    private static SupervisedExample dialogue(Fields fields) throws RowException {
        List<Message> messages = fields.messages("messages");
        Message last = messages.get(messages.size() - 1);
        if (!last.role().equals("assistant") || messages.size() < 2) {
            throw new RowException(Fault.WRONG_TYPE, "'messages' must have a prompt and end with the assistant's turn");
        }
        for (Message message : messages) {
            if (message.role().equals("assistant")) {
                Fields.notEmpty("an assistant's turn", message.content());
            }
        }
        if (messages.get(0).role().equals("assistant")) {
            throw new RowException(Fault.EMPTY_PROMPT, "'messages' begins with the assistant's turn");
        }
        return SupervisedExample.dialogue(messages);
    }
}
