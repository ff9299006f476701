package dev.ratchet.tensor;

/**
 * The compute type that a run shall use, and the measurement that it was chosen by.
 *
 * @param float32Gflops billions of float32 operations a second, measured on a square product
 * @param bfloat16Gflops the same for bfloat16
 * @param threads that the measurement, and so the run, uses
 * @param device in words
 * @param reason one sentence for a manifest or a console
 */
public record ComputeChoice(ComputeType type, double float32Gflops, double bfloat16Gflops, int threads, String device,
        String reason) {
}
