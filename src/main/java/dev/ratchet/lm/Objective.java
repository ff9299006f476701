package dev.ratchet.lm;

import java.util.List;
import java.util.Map;

/**
 * What a training run minimises, as plain mathematics over the network's outputs.
 *
 * <p>The loop computes the outputs, asks for the loss and its derivative with respect to each of them, and carries the
 * derivative back through the network. Its {@code toString} names every setting: a checkpoint of other settings is
 * refused.
 *
 * @param <E> an example
 */
public interface Objective<E> {
    /** What the network computes for each continuation. */
    Decoder.Head head();

    /** The example's row. */
    Row row(E example);

    /** What of an example changes the run beside its row: its weight, what a reference says of it. */
    default String identity(E example) {
        return "";
    }

    /** How many examples that follow one another must share a pass; 1 where the order is free. */
    default int together() {
        return 1;
    }

    /** A number that all examples of an optimiser step share, such as how many tokens they have. */
    double scale(List<E> step);

    /**
     * The loss of some examples of a step.
     *
     * @param outputs one per continuation, in the rows' order, or one per completion token where the head says so
     * @param scale of the whole step, so that the parts of a step add up to its loss
     */
    Loss loss(List<E> examples, double[] outputs, double scale);

    /**
     * A part of a step's loss.
     *
     * @param value its part of the loss
     * @param derivative of the loss with respect to each output
     * @param metrics parts of the step's metrics: the loop sums them
     */
    record Loss(double value, double[] derivative, Map<String, Double> metrics) {
    }

    /** Metrics of a step from the summed parts. */
    default Map<String, Double> summarise(Map<String, Double> sums) {
        return sums;
    }
}
