package dev.ratchet.intake.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;

/** CSV whose first line names the columns; a cell that begins with = stays text: nothing is ever evaluated. */
final class CsvSource implements RowSource {
    private static final int MOST_COLUMNS = 1_000;
    /** Stands for bytes that are no UTF-8; no text of people has it. */
    private static final String UNREADABLE = "\uFFFF";

    private final MappingIterator<String[]> rows;
    private final Limits limits;
    private String[] columns;
    private long number;
    private boolean ended;

    CsvSource(InputStream in, char separator, Limits limits) throws IOException {
        this.limits = limits;
        Reader characters = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(UNREADABLE)), 1 << 16);
        CsvFactory factory = CsvFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(limits.field()).build())
                .build();
        rows = new CsvMapper(factory)
                .readerFor(String[].class)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator))
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(characters);
    }

    @Override
    public RawRow next() {
        if (ended) {
            return null;
        }
        if (columns == null && !readColumns()) {
            return ended(1, "the first line must name the columns, each once");
        }
        long line = line();
        try {
            while (rows.hasNextValue()) {
                String[] cells = rows.nextValue();
                number++;
                if (cells.length > 1 || !cells[0].isBlank()) {
                    return row(line, cells);
                }
                line = line();
            }
            ended = true;
            return null;
        } catch (JsonProcessingException failure) {
            return ended(line, "the file cannot be read from here on: "
                    + failure.getOriginalMessage().lines().findFirst().orElse("")
                    + " (is a quotation mark left open?)");
        } catch (IOException failure) {
            return ended(line, "the file cannot be read from here on: " + failure.getMessage());
        }
    }

    private boolean readColumns() {
        try {
            if (!rows.hasNextValue()) {
                return false;
            }
            columns = rows.nextValue();
            columns[0] = columns[0].startsWith("\uFEFF") ? columns[0].substring(1) : columns[0];
            columns = Arrays.stream(columns).map(String::strip).toArray(String[]::new);
            return columns.length <= MOST_COLUMNS && new HashSet<>(Arrays.asList(columns)).size() == columns.length
                    && Arrays.stream(columns).noneMatch(String::isEmpty);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private RawRow row(long line, String[] cells) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        long size = 0;
        boolean readable = true;
        for (int at = 0; at < Math.min(cells.length, columns.length); at++) {
            node.put(columns[at], cells[at]);
            size += cells[at].length();
            readable &= !cells[at].contains(UNREADABLE);
        }
        if (cells.length != columns.length) {
            return RawRow.faulty(number, line, node.toString(), String.format(
                    Locale.ROOT, "the row has %d cells, the first line names %d", cells.length, columns.length));
        }
        if (size > limits.line()) {
            return RawRow.faulty(number, line, node.toString(),
                    "the row has more than " + limits.line() + " characters");
        }
        return readable ? RawRow.of(number, line, node)
                : RawRow.faulty(number, line, node.toString(), "the row is not UTF-8");
    }

    private long line() {
        return rows.getCurrentLocation().getLineNr();
    }

    private RawRow ended(long line, String fault) {
        ended = true;
        return RawRow.faulty(++number, line, "", fault);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
