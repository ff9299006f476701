package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;

/** Plain text: rows of the one field {@code text}, each a line, or each what stands between empty lines. */
final class TextSource implements RowSource {
    private final ByteLines lines;
    private final boolean paragraphs;
    private final Limits limits;

    TextSource(InputStream in, boolean paragraphs, Limits limits) {
        lines = new ByteLines(in, limits.line());
        this.paragraphs = paragraphs;
        this.limits = limits;
    }

    @Override
    public RawRow next() throws IOException {
        StringBuilder text = new StringBuilder();
        long begin = 0;
        long size = 0;
        while (lines.next()) {
            if (lines.fault() != null) {
                // What stood before it in the paragraph goes with it, so that no half of a text comes in.
                text.append(lines.text());
                String whole = text.toString();
                long at = begin == 0 ? lines.number() : begin;
                return RawRow.faulty(lines.number(), at, whole, lines.fault());
            }
            String line = lines.text();
            if (line.isBlank()) {
                if (begin > 0) {
                    break;
                }
                continue;
            }
            begin = begin == 0 ? lines.number() : begin;
            size += line.length() + 1;
            if (size <= limits.field()) {
                text.append(text.isEmpty() ? "" : "\n").append(line);
            }
            if (!paragraphs) {
                break;
            }
        }
        if (begin == 0) {
            return null;
        }
        return size > limits.field() + 1L
                ? RawRow.faulty(lines.number(), begin, text.toString(),
                        "the text has " + size + " characters, more than " + limits.field())
                : RawRow.of(lines.number(), begin, JsonNodeFactory.instance.objectNode().put("text", text.toString()));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
