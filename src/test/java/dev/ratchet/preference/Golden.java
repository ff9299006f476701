package dev.ratchet.preference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The known answers of the losses. */
final class Golden {
    private Golden() {
    }

    static JsonNode losses() {
        try {
            return new ObjectMapper().readTree(Golden.class.getResourceAsStream("/golden/losses.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
