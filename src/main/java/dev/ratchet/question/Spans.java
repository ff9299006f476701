package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Marks on parts of the responses, each with a label and, if wanted, a reason.
 *
 * <p>An answer is a list of {@code {"response": 17, "start": 4, "end": 9, "label": "wrong", "reason": "…"}}. Places
 * count UTF-16 units of the response's raw text, the end exclusive; marks of one label do not overlap.
 *
 * @param labels what a mark may say
 */
public record Spans(String name, String title, String help, boolean required, List<Option> labels)
        implements Question {
    private static final int MOST_MARKS = 200;
    private static final int MOST_REASON = 500;

    public Spans {
        labels = Definition.list(labels);
    }

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        if (!answer.isArray() || answer.isEmpty() || answer.size() > MOST_MARKS) {
            throw new InvalidAnswer(field, "must be a list of 1 to " + MOST_MARKS + " marks");
        }
        List<String> names = labels.stream().map(Option::name).toList();
        for (int i = 0; i < answer.size(); i++) {
            String place = field + "[" + i + "]";
            JsonNode mark = answer.get(i);
            Reading.fields(place, mark, "response", "start", "end", "label", "reason");
            String text = shown.text(Reading.response(place + ".response", mark.get("response"), shown));
            int start = Reading.whole(place + ".start", mark.get("start"), 0, Math.max(0, text.length() - 1));
            int end = Reading.whole(place + ".end", mark.get("end"), start + 1, Math.max(start + 1, text.length()));
            if (splitsCharacter(text, start) || splitsCharacter(text, end)) {
                throw new InvalidAnswer(place, "cuts a character in two");
            }
            String label = Reading.word(place + ".label", mark.get("label"), names);
            if (mark.has("reason")) {
                Reading.text(place + ".reason", mark.get("reason"), MOST_REASON);
            }
            for (int j = 0; j < i; j++) {
                JsonNode other = answer.get(j);
                if (other.get("response").longValue() == mark.get("response").longValue()
                        && other.get("label").textValue().equals(label)
                        && start < other.get("end").intValue() && other.get("start").intValue() < end) {
                    throw new InvalidAnswer(place, "overlaps mark " + j + " of the same label");
                }
            }
        }
    }

    private static boolean splitsCharacter(String text, int place) {
        return place > 0 && place < text.length() && Character.isLowSurrogate(text.charAt(place))
                && Character.isHighSurrogate(text.charAt(place - 1));
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
        Definition.options("labels", labels);
    }
}
