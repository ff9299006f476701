package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench fills a project whose quality page counts every rating, and says what each part of it took. */
class QualityBenchIT {
    @TempDir
    Path folder;

    @Test
    void aSmallBenchCountsEveryRatingAndTimesEachPart() throws Exception {
        try (RatchetProcess bench = RatchetProcess.start(
                folder, "bench", "quality", "--ratings", "600", "--reviewers", "7", "--times", "2")) {
            assertThat(bench.exitCode()).as(bench.output()).isZero();
            JsonNode figures = new ObjectMapper().readTree(bench.output().lines().reduce((one, next) -> next).orElseThrow());
            assertThat(figures.path("ratings").asLong()).isEqualTo(600);
            assertThat(figures.path("page_seconds").asDouble()).isPositive();
            for (String part : new String[] {"sample", "burn_down", "throughput", "agreement", "reviewers"}) {
                assertThat(figures.has(part + "_seconds")).as(part).isTrue();
            }
        }
    }
}
