package dev.ratchet.quality;

import java.util.ArrayList;
import java.util.List;

/** A table as CSV (RFC 4180), in which no text can be a formula to a spreadsheet. */
final class CsvTable {
    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private final List<String> lines = new ArrayList<>();

    CsvTable(String... columns) {
        lines.add(String.join(",", columns));
    }

    /** Adds a row: numbers and days as they are, texts quoted where they need it, nothing for null. */
    void row(Object... cells) {
        List<String> written = new ArrayList<>();
        for (Object cell : cells) {
            written.add(cell instanceof String text ? text(text) : cell == null ? "" : cell.toString());
        }
        lines.add(String.join(",", written));
    }

    /** A leading apostrophe makes a spreadsheet show what would be a formula. */
    private static String text(String text) {
        boolean formula = !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    @Override
    public String toString() {
        return String.join("\r\n", lines) + "\r\n";
    }
}
