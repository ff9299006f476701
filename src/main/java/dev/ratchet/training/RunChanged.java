package dev.ratchet.training;

/** The status of a run changed. */
public record RunChanged(long projectId, long runId, String status) {}
