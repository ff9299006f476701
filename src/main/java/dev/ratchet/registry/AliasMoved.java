package dev.ratchet.registry;

/** An alias points at another version; observe it after success of the transaction. */
public record AliasMoved(long projectId, String alias, long versionId, int revision) {}
