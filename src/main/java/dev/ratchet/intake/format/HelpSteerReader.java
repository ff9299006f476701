package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HelpSteer2: one answer a row with five scores; helpfulness orders the answers of rows with the same prompt. */
final class HelpSteerReader implements RowReader {
    private static final String TURN = "<extra_id_1>";
    private static final List<String> ASPECTS =
            List.of("helpfulness", "correctness", "coherence", "complexity", "verbosity");

    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String aspect : ASPECTS) {
            if (row.hasNonNull(aspect)) {
                scores.put(aspect, number(row.path(aspect), aspect));
            }
        }
        if (!scores.containsKey("helpfulness")) {
            throw new RowRejected("the field 'helpfulness' is missing");
        }
        return List.of(Entry.answer(dialogue(Turns.text(row, "prompt")),
                new Entry.Reply(Turns.text(row, "response"), scores.get("helpfulness"), scores)));
    }

    static double number(JsonNode value, String name) throws RowRejected {
        double number = Double.NaN;
        if (value.isNumber()) {
            number = value.doubleValue();
        } else if (value.isBoolean()) {
            number = value.booleanValue() ? 1 : 0;
        } else if (value.isTextual()) {
            number = parsed(value.textValue().strip());
        }
        if (!Double.isFinite(number)) {
            throw new RowRejected("'" + name + "' must be a number");
        }
        return number;
    }

    private static double parsed(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true") ? 1 : 0;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }

    /** A prompt of several turns says whose each is: {@code <extra_id_1>Assistant\n…\n<extra_id_1>User\n…}. */
    private static List<Message> dialogue(String prompt) throws RowRejected {
        String[] parts = prompt.split(TURN, -1);
        List<Message> turns = new ArrayList<>();
        turns.add(Message.user(Turns.notEmpty(parts[0].strip(), "prompt")));
        for (int at = 1; at < parts.length; at++) {
            int end = parts[at].indexOf('\n');
            String role = end < 0 ? "" : parts[at].substring(0, end).strip();
            String content = end < 0 ? "" : parts[at].substring(end + 1).strip();
            switch (role) {
                case "User" -> turns.add(Message.user(content));
                case "Assistant" -> turns.add(Message.assistant(content));
                default -> throw new RowRejected("'prompt' has a turn that is neither User's nor Assistant's");
            }
        }
        return turns;
    }
}
