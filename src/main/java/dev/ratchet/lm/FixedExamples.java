package dev.ratchet.lm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** Examples that are there before the first step, in an order that the seed decides. */
final class FixedExamples<E> implements ExampleSource<E> {
    private final List<E> examples;
    private final Objective<E> objective;
    private final DataOrder order;
    private final int epochs;
    private int epoch = -1;
    private List<int[]> steps;

    FixedExamples(List<E> examples, Objective<E> objective, TrainingSpec spec, int contextLength) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to train on: the list of examples is empty.");
        }
        this.examples = List.copyOf(examples);
        this.objective = objective;
        this.epochs = spec.epochs();
        int[] lengths = new int[examples.size()];
        for (int i = 0; i < lengths.length; i++) {
            Row row = objective.row(this.examples.get(i));
            if (row.reach() > contextLength) {
                throw new ContextLengthException("An example", row.reach(), contextLength);
            }
            lengths[i] = row.length();
        }
        this.order = new DataOrder(lengths, spec, objective.together());
    }

    @Override
    public int totalSteps() {
        return Math.multiplyExact(order.stepsPerEpoch(), epochs);
    }

    @Override
    public List<E> step(int step) {
        int of = (step - 1) / order.stepsPerEpoch();
        if (of != epoch) {
            epoch = of;
            steps = order.epoch(of);
        }
        return Arrays.stream(steps.get((step - 1) % order.stepsPerEpoch())).mapToObj(examples::get).toList();
    }

    @Override
    public boolean epochEnds(int step) {
        return step % order.stepsPerEpoch() == 0;
    }

    @Override
    public void identify(MessageDigest digest) {
        for (E example : examples) {
            Row row = objective.row(example);
            digest.update(Arrays.toString(row.prompt()).getBytes(StandardCharsets.UTF_8));
            for (int[] continuation : row.continuations()) {
                digest.update(Arrays.toString(continuation).getBytes(StandardCharsets.UTF_8));
            }
            for (boolean[] mask : row.learned()) {
                digest.update(Arrays.toString(mask).getBytes(StandardCharsets.UTF_8));
            }
            digest.update(objective.identity(example).getBytes(StandardCharsets.UTF_8));
        }
    }
}
