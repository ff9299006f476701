package dev.ratchet.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import dev.ratchet.reward.PreferencePair;
import java.util.List;

/**
 * TRL's preference format: {@code {prompt, chosen, rejected}}, or {@code {chosen, rejected}} with the prompt as what
 * both begin with; texts, messages, or dialogues of Human and Assistant. Optional: {@code weight}, {@code margin}.
 */
public final class PreferenceRows implements RowFormat<PreferencePair> {
    @Override
    public PreferencePair read(ObjectNode row) throws RowException {
        Fields fields = new Fields(row);
        PreferencePair pair = fields.has("prompt") ? explicit(fields) : implicit(fields);
        if (pair.chosen().strip().equals(pair.rejected().strip())) {
            throw new RowException(Fault.IDENTICAL_ANSWERS, "'chosen' and 'rejected' are the same");
        }
        return pair;
    }

    private static PreferencePair explicit(Fields fields) throws RowException {
        List<Message> prompt = fields.prompt();
        return pair(fields, prompt, fields.answer("chosen", prompt), fields.answer("rejected", prompt));
    }

    private static PreferencePair implicit(Fields fields) throws RowException {
        if (fields.isText("chosen") && fields.isText("rejected")) {
            String chosen = fields.text("chosen");
            String rejected = fields.text("rejected");
            return HumanAssistant.is(chosen) && HumanAssistant.is(rejected)
                    ? turns(fields, HumanAssistant.turns(chosen), HumanAssistant.turns(rejected))
                    : texts(fields, chosen, rejected);
        }
        return turns(fields, fields.messages("chosen"), fields.messages("rejected"));
    }

    private static PreferencePair texts(Fields fields, String chosen, String rejected) throws RowException {
        Fields.notEmpty("chosen", chosen);
        Fields.notEmpty("rejected", rejected);
        if (chosen.equals(rejected)) {
            throw new RowException(Fault.IDENTICAL_ANSWERS, "'chosen' and 'rejected' are the same");
        }
        int shared = SharedPrompt.length(chosen, rejected);
        if (chosen.substring(0, shared).isBlank()) {
            throw new RowException(Fault.NO_SHARED_PROMPT, "'chosen' and 'rejected' do not begin with the same prompt");
        }
        return pair(fields, List.of(Message.text(chosen.substring(0, shared))),
                Fields.notEmpty("chosen", chosen.substring(shared)),
                Fields.notEmpty("rejected", rejected.substring(shared)));
    }

    private static PreferencePair turns(Fields fields, List<Message> chosen, List<Message> rejected)
            throws RowException {
        if (chosen.equals(rejected)) {
            throw new RowException(Fault.IDENTICAL_ANSWERS, "'chosen' and 'rejected' are the same");
        }
        int shared = SharedPrompt.length(chosen, rejected);
        if (shared == 0) {
            throw new RowException(Fault.NO_SHARED_PROMPT, "'chosen' and 'rejected' do not begin with the same prompt");
        }
        List<Message> prompt = chosen.subList(0, shared);
        if (prompt.stream().allMatch(m -> m.content().isBlank())) {
            throw new RowException(Fault.EMPTY_PROMPT, "the prompt is empty");
        }
        String better = Fields.only("chosen", chosen.subList(shared, chosen.size()));
        String worse = Fields.only("rejected", rejected.subList(shared, rejected.size()));
        return pair(fields, prompt, Fields.notEmpty("chosen", better), Fields.notEmpty("rejected", worse));
    }

    private static PreferencePair pair(Fields fields, List<Message> prompt, String chosen, String rejected)
            throws RowException {
        return new PreferencePair(prompt, chosen, rejected, fields.weight(), fields.margin());
    }
}
