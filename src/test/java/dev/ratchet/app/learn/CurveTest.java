package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {
    @TempDir
    Path folder;

    @Test
    void aMetricIsDrawnWithItsInterval() throws Exception {
        Files.write(folder.resolve("metrics.jsonl"), List.of("{\"step\":1,\"loss\":0.7}",
                "{\"step\":10,\"loss\":0.6,\"heldout_accuracy\":0.55,\"heldout_accuracy_low95\":0.5,"
                        + "\"heldout_accuracy_high95\":0.6}", "{\"step\":20,\"loss\":0.5,\"heldout_accuracy\":0.6}"));
        Path svg = folder.resolve("curve.svg");

        Verb verb = Verb.run(new Curve(), folder, "--out", svg, "--reference", "0.5", "--title", "A & <B>");

        assertThat(verb.code()).as(verb.err()).isZero();
        assertThat(verb.out()).contains("2 points");
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(Files.readString(svg)).contains("A &amp; &lt;B>").contains("class=\"reference\"");
    }

    @Test
    void anUnknownMetricIsRefused() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"step\":1,\"loss\":0.7}\n");

        Verb verb = Verb.run(new Curve(), folder, "--metric", "none", "--out", folder.resolve("c.svg"));

        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).contains("no metric 'none'");
    }
}
