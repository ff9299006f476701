package dev.ratchet.training;

/**
 * Hyperparameters of one training, without what the machine decides.
 *
 * @param epochs passes over the data
 * @param batchSize sequences (or pairs) in one forward pass
 * @param accumulation forward passes before one optimiser step
 * @param learningRate peak learning rate of AdamW
 * @param warmupShare share of the steps in which the learning rate rises from 0
 * @param weightDecay decoupled weight decay
 * @param clipNorm global gradient norm above which gradients are scaled down
 * @param checkpointEvery optimiser steps between checkpoints
 */
public record TrainingRecipe(
        int epochs,
        int batchSize,
        int accumulation,
        double learningRate,
        double warmupShare,
        double weightDecay,
        double clipNorm,
        int checkpointEvery) {}
