package dev.ratchet.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;

/**
 * Measures which compute type is faster here.
 *
 * <p>CPUs differ: with bfloat16 units a product is two to four times as fast as in float32, without them it can be a
 * hundred times slower. So the first product is small, and only a type that passes it is measured further.
 */
public final class ComputeProbe {
    private static final int SMALL = 96;
    private static final int LARGE = 512;
    private static final double WORTHWHILE = 1.3;

    private ComputeProbe() {
    }

    /** Takes well under a second where the machine is not busy. */
    public static ComputeChoice measure() {
        try (Program program = Program.load("probe"); NDManager manager = Torch.newManager()) {
            double float32 = gflops(program, manager, LARGE, ComputeType.FLOAT32);
            double bfloat16 = gflops(program, manager, SMALL, ComputeType.BFLOAT16);
            if (bfloat16 > gflops(program, manager, SMALL, ComputeType.FLOAT32) / 4) {
                bfloat16 = gflops(program, manager, LARGE, ComputeType.BFLOAT16);
            }
            boolean faster = bfloat16 > WORTHWHILE * float32;
            String reason = String.format(Locale.ROOT, "%s: products run at %.0f GFLOP/s in float32 and at %.0f in"
                    + " bfloat16 here, with %d threads.", faster ? "bfloat16" : "float32", float32, bfloat16,
                    Torch.threads());
            return new ComputeChoice(faster ? ComputeType.BFLOAT16 : ComputeType.FLOAT32, float32, bfloat16,
                    Torch.threads(), Torch.describe(), reason);
        }
    }

    /** The best of a few short measurements: other load can only make one slower. */
    private static double gflops(Program program, NDManager manager, int side, ComputeType type) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray a = scope.ones(new Shape(side, side));
            NDArray b = scope.ones(new Shape(side, side));
            double best = Double.POSITIVE_INFINITY;
            int times = 3;
            for (int round = 0; round < 5; round++) {
                long begin = System.nanoTime();
                program.call(scope, "product", false, a, b, scope.create(new long[] {times, type.scalarType()}))
                        .get(0).getFloat();
                best = Math.min(best, (System.nanoTime() - begin) / 1e9);
            }
            return 2.0 * side * side * side * times / best / 1e9;
        }
    }
}
