package dev.ratchet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufTest {
    @TempDir
    Path folder;
    private Path file;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    @BeforeEach
    void name() {
        file = folder.resolve("some.gguf");
    }

    private void write(GgmlType type, float... values) throws IOException {
        long[] shape = {values.length / 32, 32};
        GgufWriter.write(file, settings, List.of(
                new GgufWriter.Entry("first", GgmlType.F32, new long[] {3},
                        () -> new Tensor(new long[] {3}, new float[] {1, 2, 3})),
                new GgufWriter.Entry("second", type, shape, () -> new Tensor(shape, values))));
    }

    private static float[] random(int count) {
        Random random = new Random(4);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        settings.put("a.whole", 70000);
        settings.put("a.real", 0.5f);
        settings.put("a.flag", true);
        settings.put("a.text", "grüß");
        settings.put("a.wholes", new int[] {1, -2});
        settings.put("a.reals", new float[] {0.25f});
        settings.put("a.texts", List.of("x", "", "ž"));
        float[] values = random(64);
        write(GgmlType.F32, values);
        Gguf read = Gguf.open(file);
        assertThat(read.settings()).containsExactlyElementsOf(settings.keySet());
        assertThat(read.whole("a.whole")).hasValue(70000);
        assertThat(read.real("a.real")).hasValue(0.5);
        assertThat(read.flag("a.flag", false)).isTrue();
        assertThat(read.text("a.text")).isEqualTo("grüß");
        assertThat(read.numbers("a.wholes")).containsExactly(1, -2);
        assertThat(read.numbers("a.reals")).containsExactly(0.25);
        assertThat(read.texts("a.texts")).containsExactly("x", "", "ž");
        assertThat(read.whole("a.absent")).isEmpty();
        assertThatThrownBy(() -> read.whole("a.text")).hasMessageContaining("a.text, which is no whole number");
        assertThat(read.names()).containsExactly("first", "second");
        assertThat(read.shape("second")).containsExactly(2, 32);
        assertThat(read.floats("second", 2, 32).values()).isEqualTo(values);
        assertThatThrownBy(() -> read.floats("second", 32, 2)).hasMessageContaining("shape [2, 32]");
        assertThatThrownBy(() -> read.floats("third")).hasMessageContaining("has no tensor third");
    }

    @Test
    void eightBitsAreOffByLessThanHalfAStep() throws IOException {
        float[] values = random(6400);
        Arrays.fill(values, 0, 32, 0);
        write(GgmlType.Q8_0, values);
        float[] read = Gguf.open(file).floats("second").values();
        for (int block = 0; block < 200; block++) {
            float largest = 0;
            for (int i = block * 32; i < block * 32 + 32; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            // The usual scale is largest / 127; the chosen one has no larger squared error over the block.
            double usual = 0;
            double own = 0;
            float d = HalfPrecision.fromFloat16(HalfPrecision.toFloat16(largest / 127));
            for (int i = block * 32; i < block * 32 + 32; i++) {
                usual += d == 0 ? 0 : Math.pow(values[i] - d * Math.round(values[i] / d), 2);
                own += Math.pow(values[i] - read[i], 2);
                assertThat(Math.abs(values[i] - read[i])).isLessThanOrEqualTo(largest / 127);
            }
            assertThat(own).isLessThanOrEqualTo(usual + 1e-12);
        }
    }

    @Test
    void whatATypeCannotHoldIsRefusedAndNothingIsLeft() {
        float[] values = new float[32];
        values[5] = Float.NaN;
        assertThatThrownBy(() -> write(GgmlType.Q8_0, values))
                .hasMessageContaining("Tensor second holds the value NaN");
        values[5] = 70000;
        assertThatThrownBy(() -> write(GgmlType.F16, values)).hasMessageContaining("70000.0, which F16 cannot");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> new GgufWriter.Entry("x", GgmlType.Q8_0, new long[] {4, 33}, () -> null))
                .hasMessageContaining("rows of 33 values");
    }

    @Test
    void everyTruncationIsRefusedInOneLine() throws IOException {
        settings.put("a.text", "some text");
        settings.put("a.texts", List.of("x", "yy"));
        write(GgmlType.Q8_0, random(64));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 28; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Gguf.open(file)).isInstanceOf(TensorFormatException.class)
                    .satisfies(e -> assertThat(e.getMessage()).contains("some.gguf").doesNotContain("\n"));
        }
    }

    @Test
    void flippedBytesAreReadOrRefusedButNeverAllocated() throws IOException {
        settings.put("a.text", "some text");
        settings.put("a.texts", List.of("x", "yy"));
        settings.put("a.numbers", new int[] {1, 2, 3});
        write(GgmlType.Q8_0, random(64));
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < 350; at++) {
            byte[] damaged = whole.clone();
            damaged[at] = (byte) 0xff;
            Files.write(file, damaged);
            try {
                Gguf read = Gguf.open(file);
                read.names().forEach(name -> assertThat(Tensor.elements(read.shape(name))).isLessThan(10_000));
            } catch (TensorFormatException e) {
                assertThat(e.getMessage()).contains("some.gguf").doesNotContain("\n");
            }
        }
    }

    /** A header with one tensor, and 64 bytes after it. */
    private void header(int version, String name, int dimensions, long side, int type, long offset) throws IOException {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN)
                .put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(version).putLong(1).putLong(0)
                .putLong(text.length).put(text).putInt(dimensions);
        for (int i = 0; i < Math.min(8, dimensions); i++) {
            bytes.putLong(side);
        }
        bytes.putInt(type).putLong(offset);
        Files.write(file, Arrays.copyOf(bytes.array(), bytes.position() + 96));
    }

    @Test
    void headersThatLieAreRefusedByTheTensorsName() throws IOException {
        header(3, "w", 1, 8, 0, 0);
        assertThat(Gguf.open(file).shape("w")).containsExactly(8);
        header(1, "w", 1, 8, 0, 0);
        refused("is GGUF version 1; 2 and 3 are supported");
        header(0x03000000, "w", 1, 8, 0, 0);
        refused("is a big-endian GGUF file");
        header(3, "w", 1, 9000, 0, 0);
        refused("is truncated: tensor w of 36000 bytes");
        header(3, "w", 2, 1L << 40, 0, 0);
        refused("tensor w with the impossible shape");
        header(3, "w", 2, Long.MAX_VALUE, 8, 0);
        refused("tensor w with the impossible shape");
        header(3, "w", 1, -1, 0, 0);
        refused("tensor w with the side 18446744073709551615");
        header(3, "w", 7, 1, 0, 0);
        refused("tensor w with 7 dimensions");
        header(3, "w", 1, 8, 0, 7);
        refused("tensor w the impossible place 7");
        header(3, "w", 1, 8, 0, Long.MAX_VALUE - 31);
        refused("is truncated: tensor w");
        header(3, "w", 1, 8, 10, 0);
        refused("tensor w as Q2_K, which is not supported");
        header(3, "w", 1, 8, 99, 0);
        refused("tensor w as type 99");
        header(3, "w", 1, 33, 8, 0);
        refused("tensor w of Q8_0 with rows of 33 values");
    }

    private void refused(String words) {
        assertThatThrownBy(() -> Gguf.open(file)).isInstanceOf(TensorFormatException.class)
                .hasMessageContaining("some.gguf").hasMessageContaining(words);
    }
}
