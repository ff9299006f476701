package dev.ratchet.tensor;

import java.util.Arrays;

/** Values in row-major order with their shape, held on the heap. */
public record Tensor(long[] shape, float[] values) {
    public Tensor {
        if (elements(shape) != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
    }

    /** The number of values that a shape holds. */
    public static long elements(long... shape) {
        long product = 1;
        for (long side : shape) {
            product = Math.multiplyExact(product, side);
        }
        return product;
    }
}
