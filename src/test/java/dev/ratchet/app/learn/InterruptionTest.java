package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real process that is asked to stop in the middle of its training, as by Ctrl-C. */
@Tag("slow")
class InterruptionTest {
    private static final int STEPS = 320;

    @TempDir
    Path folder;

    /** What the process runs. */
    public static final class Process {
        public static void main(String[] words) {
            System.exit(new CommandLine(new Train()).setExecutionExceptionHandler(new Failures()).execute(words));
        }
    }

    @Test
    void aStoppedRunGoesOnAndEndsWithTheSameBytes() throws Exception {
        Fixture fixture = new Fixture(folder);
        Path model = fixture.model("model", 1);
        Path data = fixture.pairs(32);
        Path out = folder.resolve("out");
        Object[] settings = {"--learning-rate", "1e-3", "--epochs", "40", "--checkpoint-every", "100000"};

        java.lang.Process process = start(model, data, out);
        Path metrics = out.resolve("metrics.jsonl");
        while (process.isAlive() && (!Files.exists(metrics) || lines(metrics) < 5)) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        int stopped = lines(metrics);
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(stopped).isBetween(5, STEPS - 1);
        assertThat(Files.readString(folder.resolve("err"))).contains("interrupted after step").contains("--resume");

        Object[] resumed = new Object[settings.length + 1];
        System.arraycopy(settings, 0, resumed, 0, settings.length);
        resumed[settings.length] = "--resume";
        Verb second = Fixture.train("dpo", model, data, out, resumed);
        Verb whole = Fixture.train("dpo", model, data, folder.resolve("whole"), settings);

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(whole.code()).isZero();
        assertThat(lines(metrics)).isEqualTo(STEPS);
        assertThat(out.resolve("model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve("model.safetensors"));
    }

    private java.lang.Process start(Path model, Path data, Path out) throws IOException {
        List<String> words = new ArrayList<>(List.of(System.getProperty("java.home") + File.separator + "bin/java",
                "-cp",
                System.getProperty("java.class.path"), Process.class.getName(), "dpo", "--model", model.toString(),
                "--data", data.toString(), "--out", out.toString(), "--compute", "float32", "--threads", "1",
                "--batch-size", "4", "--learning-rate", "1e-3", "--epochs", "40", "--checkpoint-every", "100000"));
        return new ProcessBuilder(words).redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out.txt").toFile()).start();
    }

    private static int lines(Path file) throws IOException {
        return (int) Files.readString(file).lines().count();
    }
}
