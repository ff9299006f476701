package dev.ratchet.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.training.RunInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker reads of its run. */
class JobTest {
    private static final String PAIR = """
            {"pairId": %d, "source": "rating", "split": "%s", "promptId": 7, "prompt": [{"role": "user", "content": "Hi"}],\
             "chosen": "Hello.", "rejected": "No.", "weight": 0.5, "margin": 0, "ratingIds": []}
            """;

    @Test
    void theFirstLineOfAWeighedSnapshotIsNoPairToLearnFrom(@TempDir Path folder) throws IOException {
        Path snapshot = Files.writeString(folder.resolve("snapshot.jsonl"), """
                {"manifest":{"aggregation":"reliability-v1","weights":"dawid-skene-v1","reviewers":[]}}
                """ + PAIR.formatted(1, "train") + PAIR.formatted(2, "eval"));
        Job job = new Job(null, new RunInputs(Map.of(), snapshot.toString()), null, null);
        assertThat(job.pairs("train")).extracting(SnapshotPair::pairId).containsExactly(1L);
        assertThat(job.pairs("eval")).extracting(SnapshotPair::pairId).containsExactly(2L);
    }
}
