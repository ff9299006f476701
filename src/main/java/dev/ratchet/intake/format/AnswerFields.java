package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which fields of an annotation tool's record are the prompt and which its answers: the tools leave the names to their
 * users, so they are told by what they are usually called.
 */
record AnswerFields(List<Message> prompt, Map<String, String> answers) {
    private static final int MOST_ANSWERS = 8;
    private static final List<String> PROMPTS =
            List.of("prompt", "instruction", "question", "input", "query", "messages", "chat", "conversation",
                    "context");
    private static final Pattern ANSWER = Pattern.compile(
            "(?i)(response|answer|completion|generation|output|reply|chosen|rejected|left|right|option|text|candidate)"
                    + "s?[-_ ]?\\w{0,4}");

    static AnswerFields of(JsonNode fields, String place) throws RowRejected {
        String name = PROMPTS.stream().filter(fields::hasNonNull).findFirst().orElseThrow(
                () -> new RowRejected("'" + place + "' has no prompt (one of " + String.join(", ", PROMPTS) + ")"));
        List<Message> prompt = Turns.prompt(fields.path(name), place + "." + name);
        Map<String, String> answers = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = fields.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> field = all.next();
            if (!field.getKey().equals(name) && ANSWER.matcher(field.getKey()).matches()) {
                addAnswers(field.getKey(), field.getValue(), answers);
            }
        }
        return new AnswerFields(prompt, answers);
    }

    private static void addAnswers(String name, JsonNode value, Map<String, String> answers) {
        if (value.isTextual() && !value.textValue().isBlank() && answers.size() < MOST_ANSWERS) {
            answers.put(name, value.textValue());
        } else if (value.isArray()) {
            // Several answers in one list: texts, or objects with an id and a body.
            for (int at = 0; at < value.size() && answers.size() < MOST_ANSWERS; at++) {
                JsonNode item = value.get(at);
                JsonNode body = item.isObject() ? firstText(item) : item;
                if (body != null && body.isTextual() && !body.textValue().isBlank()) {
                    answers.put(item.path("id").asText(name + "-" + (at + 1)), body.textValue());
                }
            }
        }
    }

    private static JsonNode firstText(JsonNode item) {
        for (String name : List.of("text", "body", "content", "html", "value")) {
            if (item.path(name).isTextual()) {
                return item.path(name);
            }
        }
        return null;
    }

    /** The place of an answer by its field's name; -1 where it has none. */
    int place(String name) {
        return new ArrayList<>(answers.keySet()).indexOf(name);
    }

    List<String> texts() {
        return List.copyOf(answers.values());
    }

    /** The entry of what annotators said; a text of theirs is a demonstration. */
    Entry entry(Votes votes, String written) {
        List<Entry.Reply> replies = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (String text : texts()) {
            int known = indexOf(replies, text);
            places.add(known < 0 ? replies.size() : known);
            if (known < 0) {
                replies.add(Entry.Reply.of(text));
            }
        }
        List<Entry.Preferred> pairs = votes.pairs().stream()
                .map(pair -> new Entry.Preferred(
                        places.get(pair.chosen()), places.get(pair.rejected()), pair.weight(), pair.margin()))
                .filter(pair -> pair.chosen() != pair.rejected())
                .toList();
        Integer demonstration = null;
        if (written != null && !written.isBlank()) {
            int known = indexOf(replies, written);
            demonstration = known < 0 ? replies.size() : known;
            if (known < 0) {
                replies.add(Entry.Reply.of(written));
            }
        }
        return new Entry(prompt, List.copyOf(replies), pairs, demonstration, null, Entry.Extras.NONE);
    }

    private static int indexOf(List<Entry.Reply> replies, String text) {
        for (int at = 0; at < replies.size(); at++) {
            if (replies.get(at).text().equals(text)) {
                return at;
            }
        }
        return -1;
    }
}
