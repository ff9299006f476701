package dev.ratchet.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which examples each optimiser step sees: a function of the seed and the lengths alone, so that a run can resume
 * from nothing but the number of its step.
 *
 * <p>Examples are shuffled, then sorted by length within windows of a few steps, and the steps of a window are shuffled:
 * sequences of a batch have about one length, and little is computed on padding.
 */
final class DataOrder {
    private static final int WINDOW = 16;

    private final int[] lengths;
    private final int perStep;
    private final TrainingSpec spec;

    DataOrder(int[] lengths, TrainingSpec spec) {
        this.lengths = lengths;
        this.spec = spec;
        this.perStep = Math.multiplyExact(spec.batchSize(), spec.accumulation());
    }

    int stepsPerEpoch() {
        return (lengths.length + perStep - 1) / perStep;
    }

    /** The steps of an epoch, each a list of places in the data. */
    List<int[]> epoch(int epoch) {
        int[] order = new int[lengths.length];
        Arrays.setAll(order, i -> i);
        if (spec.order() == TrainingSpec.Order.AS_GIVEN) {
            return steps(order);
        }
        SplittableRandom random = new SplittableRandom(spec.seed() + 0x632BE59BD9B4E019L * (epoch + 1));
        shuffle(order, random);
        for (int begin = 0; begin < order.length; begin += WINDOW * perStep) {
            int end = Math.min(order.length, begin + WINDOW * perStep);
            int[] sorted = Arrays.stream(order, begin, end).boxed()
                    .sorted(Comparator.comparingInt(i -> lengths[i])).mapToInt(Integer::intValue).toArray();
            System.arraycopy(sorted, 0, order, begin, sorted.length);
        }
        List<int[]> steps = steps(order);
        int[] places = new int[steps.size()];
        Arrays.setAll(places, i -> i);
        shuffle(places, random);
        return Arrays.stream(places).mapToObj(steps::get).toList();
    }

    private List<int[]> steps(int[] order) {
        List<int[]> steps = new ArrayList<>();
        for (int begin = 0; begin < order.length; begin += perStep) {
            steps.add(Arrays.copyOfRange(order, begin, Math.min(order.length, begin + perStep)));
        }
        return steps;
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
