package dev.ratchet.intake.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Columns that a person chose. Chosen and rejected make a pair; a response with a score is ordered with its neighbours
 * of the same prompt, one without is a demonstration; a text alone is a document, a prompt alone a prompt.
 */
final class ColumnsReader implements RowReader {
    private final Map<String, String> columns;
    private final ObjectMapper json;

    ColumnsReader(Map<String, String> columns, Limits limits) {
        this.columns = columns;
        json = Json.within(limits);
    }

    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        JsonNode text = value(row, Mapping.TEXT);
        if (present(text) && !columns.containsKey(Mapping.PROMPT)) {
            return List.of(Entry.document(plain(text, Mapping.TEXT)));
        }
        List<Message> prompt = prompt(row);
        JsonNode chosen = value(row, Mapping.CHOSEN);
        JsonNode rejected = value(row, Mapping.REJECTED);
        if (columns.containsKey(Mapping.CHOSEN) && columns.containsKey(Mapping.REJECTED)) {
            String better = answer(chosen, Mapping.CHOSEN);
            String worse = answer(rejected, Mapping.REJECTED);
            if (better.strip().equals(worse.strip())) {
                throw new RowRejected("both answers are the same");
            }
            return List.of(Entry.pair(prompt, better, worse, 1, 0));
        }
        if (!columns.containsKey(Mapping.RESPONSE)) {
            return List.of(Entry.prompt(prompt));
        }
        String response = answer(value(row, Mapping.RESPONSE), Mapping.RESPONSE);
        if (!columns.containsKey(Mapping.SCORE)) {
            return List.of(Entry.demonstration(prompt, response));
        }
        double score = HelpSteerReader.number(value(row, Mapping.SCORE), columns.get(Mapping.SCORE));
        return List.of(Entry.answer(prompt, new Entry.Reply(response, score, Map.of("score", score))));
    }

    private List<Message> prompt(ObjectNode row) throws RowRejected {
        JsonNode value = value(row, Mapping.PROMPT);
        if (!present(value)) {
            throw new RowRejected("the prompt (" + columns.get(Mapping.PROMPT) + ") is missing");
        }
        List<Message> turns = new ArrayList<>();
        JsonNode system = value(row, Mapping.SYSTEM);
        if (present(system) && system.isTextual() && !system.textValue().isBlank()) {
            turns.add(new Message("system", system.textValue()));
        }
        turns.addAll(Turns.prompt(unpacked(scalar(value)), columns.get(Mapping.PROMPT)));
        return turns;
    }

    private String answer(JsonNode value, String role) throws RowRejected {
        String name = columns.get(role);
        if (!present(value)) {
            throw new RowRejected("the answer (" + name + ") is missing");
        }
        return Turns.answer(unpacked(scalar(value)), name);
    }

    private String plain(JsonNode value, String role) throws RowRejected {
        JsonNode scalar = scalar(value);
        if (!scalar.isTextual()) {
            throw new RowRejected("'" + columns.get(role) + "' must be a text");
        }
        return Turns.notEmpty(scalar.textValue(), columns.get(role));
    }

    /** A list of messages may stand in a cell as JSON. */
    private JsonNode unpacked(JsonNode value) {
        if (value.isTextual() && value.textValue().startsWith("[{")) {
            try {
                return json.readTree(value.textValue());
            } catch (JsonProcessingException text) {
                return value;
            }
        }
        return value;
    }

    /** A number is a text here: an answer may be 42. */
    private static JsonNode scalar(JsonNode value) {
        return value.isNumber() || value.isBoolean()
                ? com.fasterxml.jackson.databind.node.TextNode.valueOf(value.asText())
                : value;
    }

    private JsonNode value(ObjectNode row, String role) {
        String column = columns.get(role);
        return column == null ? row.path("") : at(row, column);
    }

    /** A column's value; dots lead into objects where no column has the whole name. */
    static JsonNode at(ObjectNode row, String column) {
        if (row.has(column)) {
            return row.get(column);
        }
        JsonNode value = row;
        for (String step : column.split("\\.")) {
            value = value.path(step);
        }
        return value;
    }

    private static boolean present(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isTextual() && value.textValue().isBlank());
    }
}
