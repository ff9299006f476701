package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.examples.PreferenceRows;
import dev.ratchet.examples.RowException;
import dev.ratchet.lm.Message;
import dev.ratchet.reward.PreferencePair;
import java.util.List;

/**
 * TRL's preference rows and hh-rlhf's transcripts: as the learning core reads them. A plain text becomes a user's turn.
 */
final class PreferenceReader implements RowReader {
    private final PreferenceRows rows = new PreferenceRows();

    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        try {
            PreferencePair pair = rows.read(row);
            List<Message> prompt = Message.isText(pair.conversation())
                    ? List.of(Message.user(pair.conversation().get(0).content())) : pair.conversation();
            return List.of(Entry.pair(prompt, pair.chosen(), pair.rejected(), pair.weight(), pair.margin()));
        } catch (RowException wrong) {
            throw new RowRejected(wrong.getMessage());
        }
    }
}
