package dev.ratchet.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BarBelowRowsTest {
    @Test
    void aRowBeginsOnALineFromWhichTheBarIsWiped() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream console = new PrintStream(shown, true, StandardCharsets.UTF_8);
        BarBelowRows bar = new BarBelowRows(console);

        bar.accept("verify 31% |===>");
        bar.above(() -> console.print("networks/a  0.0\n"));
        bar.accept("verify 33% |===>");

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .matches("\\rverify 31% \\|===>\\r {16,}\\rnetworks/a  0\\.0\\n\\rverify 33% \\|===>");
    }
}
