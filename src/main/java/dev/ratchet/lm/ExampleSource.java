package dev.ratchet.lm;

import java.security.MessageDigest;
import java.util.List;

/**
 * Where the examples of each optimiser step come from.
 *
 * @param <E> an example
 */
public interface ExampleSource<E> {
    /** Optimiser steps of the whole run. */
    int totalSteps();

    /** The examples of a step, which counts from 1; steps are asked for in rising order. */
    List<E> step(int step);

    /** Whether a step is the last of a pass over the data. */
    boolean epochEnds(int step);

    /** Whether a run can go on after this step from nothing but the weights, the moments and the step's number. */
    default boolean resumable(int step) {
        return true;
    }

    /** Adds what a checkpoint of the run must agree in. */
    void identify(MessageDigest digest);
}
