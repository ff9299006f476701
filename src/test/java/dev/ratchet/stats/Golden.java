package dev.ratchet.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Known answers, copied from published examples. */
final class Golden {
    private Golden() {}

    static JsonNode read(String name) {
        try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row per rater, a character per unit, a dot where the rating is missing. */
    static List<UnitRating> ratings(String... rows) {
        List<UnitRating> ratings = new ArrayList<>();
        for (int rater = 0; rater < rows.length; rater++) {
            for (int unit = 0; unit < rows[rater].length(); unit++) {
                if (rows[rater].charAt(unit) != '.') {
                    ratings.add(new UnitRating("u" + unit, "r" + rater, rows[rater].charAt(unit) - '0'));
                }
            }
        }
        return ratings;
    }

    static int[][] table(JsonNode table) {
        int[][] rows = new int[table.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new int[table.get(row).size()];
            for (int column = 0; column < rows[row].length; column++) {
                rows[row][column] = table.get(row).get(column).asInt();
            }
        }
        return rows;
    }
}
