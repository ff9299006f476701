package dev.ratchet.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Measures how fast memory is copied: the bound of everything that reads large weights for little arithmetic. */
public final class CopySpeed implements AutoCloseable {
    /** Far more than any cache holds. */
    private static final long VALUES = 64L << 20;

    private final NDManager manager = Torch.newManager();
    private final Program program = Program.load("bandwidth");
    private final NDArray from = manager.ones(new Shape(VALUES));
    private final NDArray to = manager.zeros(new Shape(VALUES));

    /**
     * Copies once with all threads: billions (1e9) of bytes a second, each byte counted as it is read and as it is
     * written.
     */
    public double gigabytesPerSecond() {
        try (NDManager scope = manager.newSubManager()) {
            long begin = System.nanoTime();
            program.call(scope, "copy", false, from, to).get(0).getFloat(0);
            return 2.0 * Float.BYTES * VALUES / (System.nanoTime() - begin);
        }
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
