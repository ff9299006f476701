package dev.ratchet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path root;

    private RunFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new RunFolder(root);
    }

    @Test
    void progressIsReadLineByLineAndHalfALineWaits() throws IOException {
        List<RunProgress> lines = new ArrayList<>();
        assertThat(folder.readProgress(0, lines::add)).isZero();
        append("{\"stage\":\"Sampling\",\"step\":1,\"total\":2}\n{\"stage\":\"Samp");
        long offset = folder.readProgress(0, lines::add);
        assertThat(lines).containsExactly(new RunProgress("Sampling", 1, 2, null));
        append("ling\",\"step\":2,\"total\":2}\n");
        folder.readProgress(offset, lines::add);
        assertThat(lines).hasSize(2).last().isEqualTo(new RunProgress("Sampling", 2, 2, null));
    }

    @Test
    void aLineThatAKilledWorkerBrokeIsPassedOver() throws IOException {
        List<RunProgress> lines = new ArrayList<>();
        append("{\"stage\":\"Sam\n{\"stage\":\"Sampling\",\"step\":1,\"total\":2}\n");
        folder.readProgress(0, lines::add);
        assertThat(lines).hasSize(1);
    }

    @Test
    void aMalformedLineOfAnInputIsNamed() throws IOException {
        Files.writeString(folder.prompts(), "{\"promptId\":1,\"messages\":[]}\nnonsense\n");
        assertThatThrownBy(() -> RunFolder.readLines(folder.prompts(), RunPrompt.class))
                .hasMessageContaining("Line 2 of")
                .hasMessageContaining("malformed");
    }

    private void append(String text) throws IOException {
        Files.writeString(folder.progress(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
