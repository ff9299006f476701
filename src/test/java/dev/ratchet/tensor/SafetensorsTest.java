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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadInEveryStorageType() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", new Tensor(new long[] {2, 3}, new float[] {1, -2, 0.5f, 0, 65504, -0.25f}));
        tensors.put("scalar", new Tensor(new long[0], new float[] {3}));
        for (StorageType type : StorageType.values()) {
            Path file = folder.resolve(type + ".safetensors");
            Safetensors.write(file, tensors, type, Map.of("format", "pt"));
            Safetensors read = Safetensors.open(file);
            assertThat(read.names()).containsExactly("a", "scalar");
            assertThat(read.metadata()).containsEntry("format", "pt");
            assertThat(read.type("a")).isEqualTo(type.code());
            float[] expected = tensors.get("a").values().clone();
            expected[4] = type == StorageType.BFLOAT16 ? 65536 : 65504;
            assertThat(read.floats("a", 2, 3).values()).isEqualTo(expected);
            assertThat(read.floats("scalar").shape()).isEmpty();
        }
    }

    @Test
    void aTensorIsReadInPartsWithoutAGap() throws IOException {
        float[] values = new float[(2 << 22) + 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = folder.resolve("large.safetensors");
        Safetensors.write(file, Map.of("a", new Tensor(new long[] {values.length}, values)), StorageType.FLOAT32,
                Map.of());
        assertThat(Arrays.equals(Safetensors.open(file).floats("a").values(), values)).isTrue();
    }

    @Test
    void whatFloat16CannotHoldIsRefusedAndLeavesNoDraft() throws IOException {
        Path file = folder.resolve("half.safetensors");
        assertThatThrownBy(() -> Safetensors.write(file, Map.of("a", new Tensor(new long[] {2},
                new float[] {65519, -65520})), StorageType.FLOAT16, Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Tensor a holds the value -65520");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyHalfSurvivesTheWayToFloatAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float half = HalfPrecision.fromFloat16((short) bits);
            if (!Float.isNaN(half)) {
                assertThat(HalfPrecision.toFloat16(half)).isEqualTo((short) bits);
            }
            float brain = HalfPrecision.fromBfloat16((short) bits);
            if (!Float.isNaN(brain)) {
                assertThat(HalfPrecision.toBfloat16(brain)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void roundingIsToTheNearestAndTiesGoToEven() {
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(2049))).isEqualTo(2048);
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(2051))).isEqualTo(2052);
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(0x1.8p-25f))).isEqualTo(0x1p-24f);
        assertThat(HalfPrecision.toFloat16(65519.9f)).isEqualTo((short) 0x7bff);
        assertThat(HalfPrecision.toFloat16(65520)).isEqualTo((short) 0x7c00);
        assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(257))).isEqualTo(256);
        assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(259))).isEqualTo(260);
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(Float.NaN))).isNaN();
    }

    @Test
    void aHeaderThatLiesIsRefused() throws IOException {
        refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "its shape [2] of F32 needs 8");
        refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,36]}}", "is truncated: tensor a");
        refused("{\"a\":{\"dtype\":\"F8\",\"shape\":[2],\"data_offsets\":[0,2]}}", "type 'F8'");
        refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "the side -2");
        refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,8]}}", "impossible");
        refused("nonsense", "no JSON");
    }

    private void refused(String header, String words) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("bad.safetensors");
        Files.write(file, ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length)
                .put(json).array());
        assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(TensorFormatException.class)
                .hasMessageContaining("bad.safetensors").hasMessageContaining(words);
    }
}
