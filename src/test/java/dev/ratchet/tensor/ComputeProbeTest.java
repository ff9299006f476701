package dev.ratchet.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComputeProbeTest {
    @Test
    void theChosenTypeIsTheOneThatWasMeasuredToBeFaster() {
        ComputeChoice choice = ComputeProbe.measure();
        assertThat(choice.float32Gflops()).isPositive();
        assertThat(choice.bfloat16Gflops()).isPositive();
        assertThat(choice.type() == ComputeType.BFLOAT16)
                .isEqualTo(choice.bfloat16Gflops() > 1.3 * choice.float32Gflops());
        assertThat(choice.threads()).isPositive();
        assertThat(choice.reason()).contains("GFLOP/s");
    }
}
