package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in by the import goes out by the export, row for row, as the bench counts it. */
class ImportBenchIT {
    @TempDir
    Path folder;

    @Test
    void aSmallBenchCountsEveryRow() throws Exception {
        try (RatchetProcess bench = RatchetProcess.start(
                folder, "bench", "import", "--rows", "3000", "--faulty-every", "100")) {
            assertThat(bench.exitCode()).as(bench.output()).isZero();
            JsonNode figures = new ObjectMapper().readTree(bench.output().lines().reduce((one, next) -> next).orElseThrow());
            assertThat(figures.path("rows").asLong()).isEqualTo(3000);
            assertThat(figures.path("rejected").asLong()).isEqualTo(30);
            assertThat(figures.path("pairs").asLong()).isEqualTo(2970);
            assertThat(figures.path("exported").asLong()).isEqualTo(2970);
            assertThat(figures.path("export_rows_per_second").asDouble()).isPositive();
            assertThat(figures.path("peak_rss_gb").asDouble()).isBetween(0.05, 4.0);
        }
    }
}
