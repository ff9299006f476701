package dev.ratchet.app.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The rows of a JSON Lines file, also a compressed one. */
final class JsonLines {
    private JsonLines() {
    }

    /** Takes a row, or says by an IllegalArgumentException why it cannot. */
    interface Taker {
        void take(int row, JsonNode json);
    }

    static void read(Path file, Refusals refusals, Taker taker) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int row = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                row++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    taker.take(row, RowText.JSON.readTree(line));
                } catch (JsonProcessingException e) {
                    refusals.add("row " + row, "no JSON: " + e.getOriginalMessage());
                } catch (IllegalArgumentException e) {
                    refusals.add("row " + row, e.getMessage());
                }
            }
        }
    }
}
