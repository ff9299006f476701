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
 * <p>Examples are shuffled, then sorted by length within windows of a few steps, and the steps of a window are
 * shuffled: sequences of a batch have about one length, and little is computed on padding. Examples that must stay
 * together move as one; a group that is short of them comes last.
 */
final class DataOrder {
    private static final int WINDOW = 16;

    private final int[] lengths;
    private final int perStep;
    private final TrainingSpec spec;
    private final int together;

    DataOrder(int[] lengths, TrainingSpec spec) {
        this(lengths, spec, 1);
    }

    /**
     * @param together how many examples that follow one another in the data stay together; divides a step's examples
     */
    DataOrder(int[] lengths, TrainingSpec spec, int together) {
        this.lengths = lengths;
        this.spec = spec;
        this.perStep = Math.multiplyExact(spec.batchSize(), spec.accumulation());
        this.together = together;
        if (perStep % together != 0) {
            throw new IllegalArgumentException("Groups of " + together + " do not divide a step of " + perStep + ".");
        }
    }

    int stepsPerEpoch() {
        return (lengths.length + perStep - 1) / perStep;
    }

    /** The steps of an epoch, each a list of places in the data. */
    List<int[]> epoch(int epoch) {
        int[] whole = new int[lengths.length / together];
        Arrays.setAll(whole, i -> i);
        if (spec.order() == TrainingSpec.Order.AS_GIVEN) {
            return steps(whole);
        }
        SplittableRandom random = new SplittableRandom(spec.seed() + 0x632BE59BD9B4E019L * (epoch + 1));
        shuffle(whole, random);
        int window = WINDOW * perStep / together;
        for (int begin = 0; begin < whole.length; begin += window) {
            int end = Math.min(whole.length, begin + window);
            int[] sorted = Arrays.stream(whole, begin, end).boxed()
                    .sorted(Comparator.comparingInt(this::length)).mapToInt(Integer::intValue).toArray();
            System.arraycopy(sorted, 0, whole, begin, sorted.length);
        }
        List<int[]> steps = steps(whole);
        int[] places = new int[steps.size()];
        Arrays.setAll(places, i -> i);
        shuffle(places, random);
        return Arrays.stream(places).mapToObj(steps::get).toList();
    }

    private int length(int group) {
        int longest = 0;
        for (int i = group * together; i < (group + 1) * together; i++) {
            longest = Math.max(longest, lengths[i]);
        }
        return longest;
    }

    private List<int[]> steps(int[] groups) {
        int[] order = new int[lengths.length];
        Arrays.setAll(order, i -> i < groups.length * together ? groups[i / together] * together + i % together : i);
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
