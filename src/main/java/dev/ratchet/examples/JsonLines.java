package dev.ratchet.examples;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The rows of a JSON Lines file, gzipped or not, one at a time: only one row is in memory. */
final class JsonLines implements Closeable {
    private static final int LONGEST_LINE = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final InputStream in;
    private long row;

    JsonLines(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            in = zipped ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** The number of the row that was read last, from 1. */
    long row() {
        return row;
    }

    /**
     * The next row, blank lines passed over; null at the end.
     *
     * @throws RowException where it is no JSON object; the rows after it can be read
     */
    ObjectNode next() throws IOException, RowException {
        for (byte[] line = line(); line != null; line = line()) {
            row++;
            String text = decode(line);
            if (!text.isBlank()) {
                return parse(text);
            }
        }
        return null;
    }

    private byte[] line() throws IOException, RowException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.size() < LONGEST_LINE) {
                line.write(read);
            }
        }
        if (line.size() >= LONGEST_LINE) {
            row++;
            throw new RowException(Fault.MALFORMED_JSON, "the line is longer than " + LONGEST_LINE + " bytes");
        }
        return line.toByteArray();
    }

    private String decode(byte[] line) throws RowException {
        int from = row == 1 && line.length >= 3 && (line[0] & 0xff) == 0xef && (line[1] & 0xff) == 0xbb
                && (line[2] & 0xff) == 0xbf ? 3 : 0;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line, from, line.length - from);
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new RowException(Fault.MALFORMED_JSON, "the line is not UTF-8");
        }
    }

    private static ObjectNode parse(String text) throws RowException {
        try {
            JsonNode node = JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
            throw new RowException(Fault.MALFORMED_JSON, "no JSON" + place + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        throw new RowException(Fault.MALFORMED_JSON, "no JSON object");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
