package dev.ratchet.tensor;

import java.util.Arrays;
import java.util.Locale;

/**
 * Measures which compute type and how many threads are faster here.
 *
 * <p>CPUs differ: with bfloat16 units a product is two to four times as fast as in float32, without them it can be a
 * hundred times slower. So the first product is small, and only a type that passes it is measured further. Machines are
 * shared: where something else takes the other cores, threads that wait for each other at every product are far slower
 * than one thread alone.
 */
public final class ComputeProbe {
    private static final int SMALL = 96;
    private static final int LARGE = 512;
    private static final double WORTHWHILE = 1.3;
    /** Products of one small layer: many short ones show what it costs that threads wait for each other. */
    private static final int SHORT = 192;
    private static final int SHORT_TIMES = 100;

    private ComputeProbe() {
    }

    /** Takes well under a second where the machine is not busy. */
    public static ComputeChoice measure() {
        try (ProductSpeed speed = new ProductSpeed()) {
            double float32 = gflops(speed, LARGE, ComputeType.FLOAT32);
            double bfloat16 = gflops(speed, SMALL, ComputeType.BFLOAT16);
            if (bfloat16 > gflops(speed, SMALL, ComputeType.FLOAT32) / 4) {
                bfloat16 = gflops(speed, LARGE, ComputeType.BFLOAT16);
            }
            boolean faster = bfloat16 > WORTHWHILE * float32;
            int threads = threads(speed);
            String reason = String.format(Locale.ROOT, "%s: products run at %.0f GFLOP/s in float32 and at %.0f in"
                    + " bfloat16 here; %d of %d threads.", faster ? "bfloat16" : "float32", float32, bfloat16, threads,
                    Torch.threads());
            return new ComputeChoice(faster ? ComputeType.BFLOAT16 : ComputeType.FLOAT32, float32, bfloat16,
                    threads, Torch.describe(), reason);
        }
    }

    /** All threads where they are worth it on short products, else one. */
    private static int threads(ProductSpeed speed) {
        int all = Torch.threads();
        if (all == 1) {
            return 1;
        }
        double together = seconds(speed);
        Torch.threads(1);
        try {
            return WORTHWHILE * together < seconds(speed) ? all : 1;
        } finally {
            Torch.threads(all);
        }
    }

    /** The median of a few runs of short products: other load is what this is about. */
    private static double seconds(ProductSpeed speed) {
        double[] rounds = new double[7];
        for (int round = 0; round < rounds.length; round++) {
            rounds[round] = speed.seconds(ComputeType.FLOAT32, Products.library(), SHORT, SHORT_TIMES);
        }
        Arrays.sort(rounds);
        return rounds[rounds.length / 2];
    }

    /** The best of a few short measurements: other load can only make one slower. */
    private static double gflops(ProductSpeed speed, int side, ComputeType type) {
        double best = 0;
        for (int round = 0; round < 5; round++) {
            best = Math.max(best, speed.gflops(type, Products.library(), side, 3));
        }
        return best;
    }
}
