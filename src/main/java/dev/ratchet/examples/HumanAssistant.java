package dev.ratchet.examples;

import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.List;

/** Dialogues written as one text, {@code "\n\nHuman: … \n\nAssistant: …"}, as the hh-rlhf data has them. */
final class HumanAssistant {
    private static final String HUMAN = "\n\nHuman:";
    private static final String ASSISTANT = "\n\nAssistant:";

    private HumanAssistant() {
    }

    static boolean is(String text) {
        return text.startsWith(HUMAN);
    }

    /** The turns, without the white space around them; the last may be empty. */
    static List<Message> turns(String text) {
        List<Message> turns = new ArrayList<>();
        for (int at = 0; at < text.length();) {
            boolean human = text.startsWith(HUMAN, at);
            int begin = at + (human ? HUMAN : ASSISTANT).length();
            int end = Math.min(next(text, HUMAN, begin), next(text, ASSISTANT, begin));
            String content = text.substring(begin, end).strip();
            turns.add(human ? Message.user(content) : Message.assistant(content));
            at = end;
        }
        return turns;
    }

    private static int next(String text, String mark, int from) {
        int at = text.indexOf(mark, from);
        return at < 0 ? text.length() : at;
    }

    /** The turns of a prompt, which ends with an opened turn of the assistant or with the human's. */
    static List<Message> prompt(String text) throws RowException {
        List<Message> turns = turns(text);
        Message last = turns.get(turns.size() - 1);
        if (last.role().equals("assistant")) {
            if (!last.content().isEmpty()) {
                throw new RowException(Fault.WRONG_TYPE, "'prompt' must not end with the assistant's turn");
            }
            turns.remove(turns.size() - 1);
        }
        return List.copyOf(turns);
    }
}
