package dev.ratchet.intake.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The elements of one JSON array, each held alone; after what is no JSON nothing more can be read. */
final class JsonArraySource implements RowSource {
    private final InputStream in;
    private final ObjectMapper json;
    private final Limits limits;
    private JsonParser parser;
    private long number;
    private boolean ended;

    JsonArraySource(InputStream in, Limits limits) {
        this.in = in;
        this.limits = limits;
        json = Json.within(limits);
    }

    @Override
    public RawRow next() throws IOException {
        if (ended) {
            return null;
        }
        long line = 1;
        try {
            if (parser == null) {
                parser = json.createParser(in);
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    return end(1, "the file is not an array of objects");
                }
            }
            JsonToken first = parser.nextToken();
            line = parser.currentTokenLocation().getLineNr();
            if (first == JsonToken.END_ARRAY) {
                ended = true;
                return parser.nextToken() == null ? null : end(line, "something stands behind the array's end");
            }
            if (first == null) {
                return end(line, "the file ends before its array does");
            }
            return element(line);
        } catch (JsonProcessingException failure) {
            return end(line, "the file cannot be read from here on: " + Json.reason(failure));
        } catch (IOException failure) {
            return end(line, "the file cannot be read from here on: " + failure.getMessage());
        }
    }

    private RawRow element(long line) throws IOException {
        number++;
        long begin = parser.currentTokenLocation().getByteOffset();
        TokenBuffer buffer = new TokenBuffer(parser);
        boolean fits = true;
        int depth = 0;
        do {
            if (fits) {
                buffer.copyCurrentEvent(parser);
                fits = parser.currentLocation().getByteOffset() - begin <= limits.line();
            }
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > 0 && parser.nextToken() == null) {
                return end(line, "the file ends within this record");
            }
        } while (depth > 0);
        if (!fits) {
            return RawRow.faulty(number, line, "", String.format(
                    Locale.ROOT, "the record has more than %d bytes", limits.line()));
        }
        try (JsonParser copy = buffer.asParser(json)) {
            return json.readTree(copy) instanceof ObjectNode object
                    ? RawRow.of(number, line, object)
                    : RawRow.faulty(number, line, "", "no JSON object");
        }
    }

    private RawRow end(long line, String fault) {
        ended = true;
        return RawRow.faulty(++number, line, "", fault);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
