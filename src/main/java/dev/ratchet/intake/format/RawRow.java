package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A row as it stands in its file.
 *
 * @param number its number, from 1: what says how far a reader has come
 * @param line the line it begins on, from 1; of a Parquet file the row
 * @param node its fields; null where it cannot be read
 * @param text the row's text for a report, cut where it is very long
 * @param fault why it cannot be read; null where it can
 */
record RawRow(long number, long line, ObjectNode node, String text, String fault) {
    private static final int LONGEST_TEXT = 64_000;

    static RawRow of(long number, long line, ObjectNode node) {
        return new RawRow(number, line, node, null, null);
    }

    static RawRow faulty(long number, long line, String text, String fault) {
        return new RawRow(number, line, null, cut(text), fault);
    }

    /** The row for a report. */
    String shown() {
        return cut(text == null ? node.toString() : text);
    }

    /** Cut where it is very long, and without what PostgreSQL cannot keep. */
    static String cut(String text) {
        String kept = text.length() <= LONGEST_TEXT ? text
                : text.substring(0, LONGEST_TEXT) + "… (" + text.length() + " characters)";
        StringBuilder storable = new StringBuilder(kept.length());
        kept.codePoints().forEach(point ->
                storable.appendCodePoint(point == 0 || point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point));
        return storable.toString();
    }
}
