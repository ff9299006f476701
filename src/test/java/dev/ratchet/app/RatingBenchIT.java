package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviewers who rate over HTTP at once store each rating once, as the bench counts it. */
class RatingBenchIT {
    @TempDir
    Path folder;

    @Test
    void aSmallBenchFindsEveryRatingStoredOnce() throws Exception {
        try (RatchetProcess bench = RatchetProcess.start(folder, "bench", "rating", "--reviewers", "8", "--tasks", "30",
                "--overlap", "3", "--rate", "10", "--paced", "40", "--warm-up", "30")) {
            assertThat(bench.exitCode()).as(bench.output()).isZero();
            JsonNode figures = new ObjectMapper().readTree(bench.output().lines().reduce((one, next) -> next).orElseThrow());
            assertThat(figures.path("ratings").asLong()).isEqualTo(90);
            assertThat(figures.path("stored").asLong()).isEqualTo(90);
            assertThat(figures.path("events").asLong()).isEqualTo(90);
            assertThat(figures.path("duplicates").asLong(-1)).isZero();
            assertThat(figures.path("over_overlap").asLong(-1)).isZero();
            assertThat(figures.path("p50_ms_at_10").asDouble()).isPositive();
            assertThat(figures.path("p99_ms_at_10").asDouble()).isPositive();
            assertThat(figures.path("per_second_saturated").asDouble()).isPositive();
        }
    }
}
