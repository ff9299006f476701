package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Message;
import dev.ratchet.reward.PreferencePair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Comparisons of a JSON Lines file whose texts are dialogues of Human and Assistant. */
final class ComparisonFile {
    private static final String HUMAN = "\n\nHuman:";
    private static final String ASSISTANT = "\n\nAssistant:";

    private ComparisonFile() {
    }

    static List<Comparison> read(Path file, Refusals refusals) throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        JsonLines.read(file, refusals, (row, json) -> {
            PreferencePair pair = pair(json);
            comparisons.add(new Comparison(row, RowText.group(pair.conversation()), pair));
        });
        return comparisons;
    }

    static PreferencePair pair(JsonNode row) {
        List<Message> chosen = dialogue(row.path("chosen").asText());
        List<Message> rejected = dialogue(row.path("rejected").asText());
        List<Message> conversation = chosen.subList(0, chosen.size() - 1);
        if (!conversation.equals(rejected.subList(0, rejected.size() - 1))) {
            throw new IllegalArgumentException("chosen and rejected do not share their prompt");
        }
        String better = chosen.get(chosen.size() - 1).content();
        String worse = rejected.get(rejected.size() - 1).content();
        if (better.isEmpty() || worse.isEmpty()) {
            throw new IllegalArgumentException("an answer is empty");
        }
        if (better.equals(worse)) {
            throw new IllegalArgumentException("both answers are the same");
        }
        return new PreferencePair(conversation, better, worse);
    }

    private static List<Message> dialogue(String text) {
        List<Message> turns = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            boolean human = text.startsWith(HUMAN, at);
            if (!human && !text.startsWith(ASSISTANT, at)) {
                throw new IllegalArgumentException("a text does not begin with a turn of Human or Assistant");
            }
            int begin = at + (human ? HUMAN : ASSISTANT).length();
            int nextHuman = text.indexOf(HUMAN, begin);
            int nextAssistant = text.indexOf(ASSISTANT, begin);
            int end = Math.min(nextHuman < 0 ? text.length() : nextHuman,
                    nextAssistant < 0 ? text.length() : nextAssistant);
            String content = text.substring(begin, end).strip();
            turns.add(human ? Message.user(content) : Message.assistant(content));
            at = end;
        }
        if (turns.size() < 2 || !turns.get(turns.size() - 1).role().equals("assistant")) {
            throw new IllegalArgumentException("a text does not end with the assistant's turn");
        }
        return turns;
    }
}
