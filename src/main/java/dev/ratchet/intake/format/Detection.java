package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells from a file's first bytes and rows how it is to be read; a person may say otherwise. */
public final class Detection {
    private static final int HEAD = 64 << 10;
    private static final int ROWS = 20;
    private static final int MOST_COLUMNS = 60;
    private static final int LONGEST_EXAMPLE = 120;

    private Detection() {}

    /** A column of the file, with a value of it. */
    public record Column(String name, String example) {}

    /** How a file is likely to be read, and the columns that its first rows have. */
    public record Detected(Mapping mapping, List<Column> columns) {}

    /** @param name the file's name, whose ending counts where the bytes do not tell */
    public static Detected detect(Path file, String name, int overlap, Limits limits) throws IOException {
        byte[] head = head(file, limits);
        Container container = container(head, name);
        Character separator = container == Container.CSV ? separator(head) : null;
        Mapping raw = new Mapping(container, separator, Format.PROMPTS, Map.of(), false, false, overlap);
        List<ObjectNode> rows = rows(file, raw, limits);
        List<Column> columns = columns(rows);
        Format format = container == Container.TEXT ? Format.DOCUMENTS : format(rows, container);
        List<String> names = columns.stream().map(Column::name).toList();
        Map<String, String> guess = format == Format.COLUMNS ? Mapping.guess(names) : Map.of();
        return new Detected(new Mapping(container, separator, format, guess, false, false, overlap), columns);
    }

    /** The columns of a file that is read in another way than the detected one. */
    public static List<Column> columns(Path file, Mapping mapping, Limits limits) throws IOException {
        return columns(rows(file, mapping, limits));
    }

    private static byte[] head(Path file, Limits limits) throws IOException {
        try (InputStream in = Unpacked.open(file, limits)) {
            return in.readNBytes(HEAD);
        } catch (java.util.zip.ZipException | java.io.EOFException broken) {
            return new byte[0];
        }
    }

    private static Container container(byte[] head, String name) {
        String text = new String(head, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "").stripLeading();
        String ending = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (text.startsWith("PAR1")) {
            return Container.PARQUET;
        }
        if (ending.endsWith(".csv") || ending.endsWith(".tsv")) {
            return Container.CSV;
        }
        if (text.startsWith("{")) {
            return Container.JSON_LINES;
        }
        if (text.startsWith("[") && !ending.endsWith(".txt")) {
            return Container.JSON_ARRAY;
        }
        return ending.endsWith(".jsonl") || ending.endsWith(".ndjson") ? Container.JSON_LINES : Container.TEXT;
    }

    private static char separator(byte[] head) {
        String first = new String(head, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long count = first.chars().filter(character -> character == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static List<ObjectNode> rows(Path file, Mapping mapping, Limits limits) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        try (RowSource source = Sources.open(file, mapping, limits)) {
            for (int at = 0; at < ROWS; at++) {
                RawRow row = source.next();
                if (row == null) {
                    break;
                }
                if (row.node() != null) {
                    rows.add(row.node());
                }
            }
        }
        return rows;
    }

    private static List<Column> columns(List<ObjectNode> rows) {
        Map<String, String> examples = new LinkedHashMap<>();
        for (ObjectNode row : rows) {
            row.fields().forEachRemaining(field -> {
                String example = field.getValue().isTextual() ? field.getValue().textValue()
                        : field.getValue().toString();
                boolean unseen = examples.getOrDefault(field.getKey(), "").isBlank() && !example.equals("null");
                if (unseen && (examples.containsKey(field.getKey()) || examples.size() < MOST_COLUMNS)) {
                    String shown = RawRow.cut(example).strip();
                    examples.put(field.getKey(), shown.length() <= LONGEST_EXAMPLE ? shown
                            : shown.substring(0, shown.offsetByCodePoints(0,
                                    shown.codePointCount(0, LONGEST_EXAMPLE))) + "…");
                }
            });
        }
        return examples.entrySet().stream().map(each -> new Column(each.getKey(), each.getValue())).toList();
    }

    private static Format format(List<ObjectNode> rows, Container container) {
        if (rows.isEmpty() || container == Container.CSV) {
            return Format.COLUMNS;
        }
        ObjectNode row = rows.get(0);
        if (row.has("message_tree_id") && row.path("prompt").isObject()) {
            return Format.OPENASSISTANT;
        }
        if (row.path("fields").isObject() && (row.has("responses") || row.has("suggestions"))) {
            return Format.ARGILLA;
        }
        if (row.path("data").isObject() && (row.has("annotations") || row.has("completions"))) {
            return Format.LABEL_STUDIO;
        }
        if (row.has("helpfulness") && row.has("response") && row.has("prompt")) {
            return Format.HELPSTEER2;
        }
        if (row.has("chosen") && row.has("rejected")) {
            return preference(row);
        }
        if (row.has("preferred_output") || row.path("conversations").isArray()) {
            return Format.CHAT;
        }
        if (row.path("messages").isArray()) {
            return Format.CHAT;
        }
        boolean answered = Mapping.guess(names(row)).containsKey(Mapping.RESPONSE);
        if (row.has("prompt") && !answered) {
            return Format.PROMPTS;
        }
        return row.path("text").isTextual() && !answered ? Format.DOCUMENTS : Format.COLUMNS;
    }

    private static Format preference(ObjectNode row) {
        JsonNode chosen = row.path("chosen");
        if (chosen.isTextual() && chosen.textValue().startsWith("\n\nHuman:")) {
            return Format.HH_RLHF;
        }
        // Both a prompt and whole conversations: TRL's explicit form has the answers alone there.
        return chosen.isArray() && chosen.size() > 1 && row.path("prompt").isTextual()
                ? Format.ULTRAFEEDBACK : Format.TRL_PREFERENCE;
    }

    private static List<String> names(ObjectNode row) {
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
