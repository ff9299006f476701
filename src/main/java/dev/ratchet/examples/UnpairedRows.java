package dev.ratchet.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import dev.ratchet.reward.UnpairedExample;
import java.util.List;

/** TRL's unpaired format: {@code {prompt, completion, label}}, texts or messages. Optional: {@code weight}. */
final class UnpairedRows implements RowFormat<UnpairedExample> {
    @Override
    public UnpairedExample read(ObjectNode row) throws RowException {
        Fields fields = new Fields(row);
        List<Message> prompt = fields.prompt();
        return new UnpairedExample(prompt, fields.answer("completion", prompt), fields.truth("label"), fields.weight());
    }
}
