package dev.ratchet.dataset.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/**
 * Rows as CSV (RFC 4180) with a line of names. A list is a cell of JSON.
 *
 * <p>A text that a spreadsheet would take for a formula gets an apostrophe in front, which is how a person writes it
 * there: opening a file must not run what somebody typed into an answer.
 */
final class CsvFile implements RowFile {
    private static final String FORMULA_STARTS = "=+-@\t\r\n";
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            // Each row alone is too little to send.
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).build();

    private final List<Column> columns;
    private final SequenceWriter out;

    CsvFile(List<Column> columns, OutputStream stream) throws IOException {
        this.columns = columns;
        CsvSchema.Builder schema = CsvSchema.builder();
        columns.forEach(column -> schema.addColumn(column.name()));
        // The names are a row of their own, so that they are there when no row is.
        this.out = MAPPER.writer(schema.build().withLineSeparator("\r\n")).writeValues(stream);
        out.write(columns.stream().map(Column::name).toArray());
    }

    @Override
    public boolean take(Object... values) throws IOException {
        String[] cells = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            cells[i] = values[i] == null ? "" : cell(columns.get(i).type(), values[i]);
        }
        out.write(cells);
        return true;
    }

    private static String cell(Column.Type type, Object value) throws IOException {
        return switch (type) {
            case TEXT, ANSWER -> safe((String) value);
            case TEXTS -> safe(String.join(" ", (String[]) value));
            // JSON begins with a bracket, a number with a digit or with a minus that a digit follows.
            case MESSAGES, JSON, WHOLE, NUMBER, TRUTH -> Objects.toString(value);
        };
    }

    /** The text, with an apostrophe in front if it would be read as a formula. */
    static String safe(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
