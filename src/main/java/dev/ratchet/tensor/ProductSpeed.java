package dev.ratchet.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Times square matrix products: what training can reach at most. */
public final class ProductSpeed implements AutoCloseable {
    private final Program program = Program.load("probe");
    private final NDManager manager = Torch.newManager();

    /**
     * Billions of operations a second over some products of one call; a multiplication and an addition count as two.
     *
     * @param side of the square matrices
     */
    public double gflops(ComputeType type, Products library, int side, int times) {
        return 2.0 * side * side * side * times / seconds(type, library, side, times) / 1e9;
    }

    double seconds(ComputeType type, Products library, int side, int times) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray a = scope.ones(new Shape(side, side));
            NDArray settings = scope.create(new long[] {times, type.scalarType(), library.code()});
            long begin = System.nanoTime();
            program.call(scope, "product", false, a, a, settings).get(0).getFloat();
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
