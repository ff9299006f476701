package dev.ratchet.dataset.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Rows as JSON Lines, UTF-8; a field that has no value is left out. */
final class JsonLinesFile implements RowFile {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder().rootValueSeparator("\n").build()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

    private final JsonGenerator json;
    private final List<Column> columns;
    private boolean any;

    JsonLinesFile(List<Column> columns, OutputStream out) throws IOException {
        this.columns = columns;
        this.json = FACTORY.createGenerator(out);
    }

    @Override
    public boolean take(Object... values) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                json.writeFieldName(columns.get(i).name());
                write(columns.get(i).type(), values[i]);
            }
        }
        json.writeEndObject();
        any = true;
        return true;
    }

    private void write(Column.Type type, Object value) throws IOException {
        switch (type) {
            case TEXT -> json.writeString((String) value);
            case WHOLE -> json.writeNumber((Long) value);
            case NUMBER -> json.writeNumber((Double) value);
            case TRUTH -> json.writeBoolean((Boolean) value);
            case TEXTS -> json.writeArray((String[]) value, 0, ((String[]) value).length);
            case MESSAGES, JSON -> json.writeRawValue((String) value);
            case ANSWER -> {
                json.writeStartArray();
                json.writeStartObject();
                json.writeStringField("role", "assistant");
                json.writeStringField("content", (String) value);
                json.writeEndObject();
                json.writeEndArray();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (any) {
            json.writeRaw('\n');
        }
        json.close();
    }
}
