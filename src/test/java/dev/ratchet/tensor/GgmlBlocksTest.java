package dev.ratchet.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GgmlBlocksTest {
    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void blocksDecodeToTheKnownValues(GgmlType type) throws IOException {
        Safetensors known = Safetensors.open(Path.of("src/test/resources/golden/gguf-blocks.safetensors"));
        long[] raw = known.longs(type + ".bytes");
        float[] expected = known.floats(type + ".values").values();
        byte[] bytes = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            bytes[i] = (byte) raw[i];
        }
        float[] values = new float[expected.length];
        GgmlBlocks.decode(type, bytes, bytes.length / type.blockBytes(), values, 0);
        assertThat(values).hasSize(2048);
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            worst = Math.max(worst, Math.abs(values[i] - expected[i]));
        }
        assertThat(worst).isLessThanOrEqualTo(1e-6);
    }
}
