package dev.ratchet.dataset;

/**
 * The pairs of a project are others than before. Fired asynchronously when the change has committed: observe it with
 * {@code @ObservesAsync}.
 */
public record PairsChanged(long projectId) {}
