package dev.ratchet.app.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JSON of a reference folder; a key that should be there and is not is an error that names it. */
final class ReferenceJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReferenceJson() {
    }

    static JsonNode read(Path file) throws IOException {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is missing", e);
        }
    }

    /** The rows of a JSON Lines file. */
    static List<JsonNode> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is missing");
        }
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                rows.add(parse(file + ", row " + (rows.size() + 1), line));
            }
        }
        return rows;
    }

    private static JsonNode parse(String source, String text) throws IOException {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new IOException(source + " is no JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IOException(source + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    static JsonNode get(JsonNode node, String key) throws IOException {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw new IOException("the key '" + key + "' is missing");
        }
        return value;
    }

    static String text(JsonNode node, String key) throws IOException {
        return get(node, key).asText();
    }

    static double number(JsonNode node, String key) throws IOException {
        JsonNode value = get(node, key);
        if (!value.isNumber()) {
            throw new IOException("'" + key + "' is no number");
        }
        return value.asDouble();
    }

    static int[] ints(JsonNode node, String key) throws IOException {
        JsonNode values = get(node, key);
        int[] ints = new int[values.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = values.get(i).asInt();
        }
        return ints;
    }

    static float[] floats(JsonNode node, String key) throws IOException {
        JsonNode values = get(node, key);
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.get(i).asDouble();
        }
        return floats;
    }
}
