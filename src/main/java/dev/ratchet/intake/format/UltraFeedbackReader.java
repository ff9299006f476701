package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.List;

/** UltraFeedback, binarized: both answers are whole conversations, which differ in their last turn. */
final class UltraFeedbackReader implements RowReader {
    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        List<Message> chosen = Turns.messages(row.path("chosen"), "chosen");
        List<Message> rejected = Turns.messages(row.path("rejected"), "rejected");
        List<Message> prompt = chosen.subList(0, chosen.size() - 1);
        if (prompt.isEmpty() || !prompt.equals(rejected.subList(0, Math.max(0, rejected.size() - 1)))) {
            throw new RowRejected("'chosen' and 'rejected' do not begin with the same prompt");
        }
        String better = Turns.answerAfter(prompt, chosen, "chosen");
        String worse = Turns.answerAfter(prompt, rejected, "rejected");
        if (better.strip().equals(worse.strip())) {
            throw new RowRejected("'chosen' and 'rejected' are the same");
        }
        return List.of(Entry.pair(List.copyOf(prompt), better, worse, 1, 0));
    }
}
