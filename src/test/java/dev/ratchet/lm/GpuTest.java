package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import dev.ratchet.tensor.ComputeChoice;
import dev.ratchet.tensor.ComputeProbe;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The checks of {@link DecoderPassTest} with every tensor on a GPU, and the GPU against the CPU. */
@Tag("gpu")
class GpuTest extends DecoderPassTest {
    private String before;

    @BeforeEach
    void useTheGpu() {
        Torch.start();
        Assumptions.assumeTrue(Engine.getInstance().getGpuCount() > 0, "PyTorch finds no GPU here: see docs/gpu.sh.");
        before = System.getProperty("ratchet.device");
        System.setProperty("ratchet.device", "gpu");
    }

    @AfterEach
    void useWhatWasUsed() {
        if (before == null) {
            System.clearProperty("ratchet.device");
        } else {
            System.setProperty("ratchet.device", before);
        }
    }

    @Test
    void theGpuGivesTheCpusValuesAndGradients() {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (String device : new String[] {"cpu", "gpu"}) {
            System.setProperty("ratchet.device", device);
            try (Decoder decoder = decoder(ModelFamily.QWEN3, true)) {
                outcomes.put(device, pass(decoder, rows(), ComputeType.FLOAT32, new Decoder.Keeping(1, 2)));
            }
        }
        assertThat(outcomes.get("gpu").values()).containsExactly(outcomes.get("cpu").values(), within(1e-4));
        assertNear(outcomes.get("gpu").gradients(), outcomes.get("cpu").gradients(), 1e-4);
    }

    @Test
    void bfloat16IsChosen() {
        ComputeChoice choice = ComputeProbe.measure();
        assertThat(choice.type()).as(choice.reason()).isEqualTo(ComputeType.BFLOAT16);
    }
}
