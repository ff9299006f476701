package dev.ratchet.app.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every training bench takes, and how it ends. */
final class BenchOptions {
    @Option(names = "--model", paramLabel = "PATH",
            description = "a Hugging Face folder or GGUF file; random weights of 135M otherwise")
    Path model;

    @Option(names = "--threads", paramLabel = "N", description = "threads of one operation; all processors otherwise")
    Integer threads;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "how often what is compared alternates (default: ${DEFAULT-VALUE})")
    int rounds;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "2",
            description = "measured steps of each, in each round (default: ${DEFAULT-VALUE})")
    int steps;

    /** Before the engine starts. */
    void apply() {
        if (threads != null) {
            System.setProperty("ratchet.threads", threads.toString());
        }
    }

    /** Numbers as JSON, four significant digits each. */
    static void printJson(Map<String, ?> figures) {
        try {
            System.out.println(new ObjectMapper().writeValueAsString(figures));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static double rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        double unit = Math.pow(10, 3 - Math.floor(Math.log10(Math.abs(value))));
        return Math.round(value * unit) / unit;
    }
}
