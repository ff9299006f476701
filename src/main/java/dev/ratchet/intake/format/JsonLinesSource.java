package dev.ratchet.intake.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/** JSON Lines; a line that is longer than allowed is passed over to its end. */
final class JsonLinesSource implements RowSource {
    private final ByteLines lines;
    private final ObjectMapper json;

    JsonLinesSource(InputStream in, Limits limits) {
        lines = new ByteLines(in, limits.line());
        json = Json.within(limits);
    }

    @Override
    public RawRow next() throws IOException {
        while (lines.next()) {
            if (lines.fault() != null) {
                return RawRow.faulty(lines.number(), lines.number(), lines.text(), lines.fault());
            }
            String text = lines.text();
            if (!text.isBlank()) {
                return parsed(lines.number(), text);
            }
        }
        return null;
    }

    private RawRow parsed(long number, String text) {
        try {
            JsonNode node = json.readTree(text);
            return node instanceof ObjectNode object
                    ? new RawRow(number, number, object, text, null)
                    : RawRow.faulty(number, number, text, "no JSON object");
        } catch (JsonProcessingException failure) {
            return RawRow.faulty(number, number, text, Json.reason(failure));
        }
    }

    @Override
    public void skipTo(long number) throws IOException {
        // Lines are counted without being parsed.
        while (lines.number() < number && lines.next()) {
            continue;
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
