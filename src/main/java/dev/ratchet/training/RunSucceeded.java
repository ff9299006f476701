package dev.ratchet.training;

/** A run has a result; observed within the transaction that records it, so that both commit together. */
public record RunSucceeded(Run run, RunFolder folder) {}
