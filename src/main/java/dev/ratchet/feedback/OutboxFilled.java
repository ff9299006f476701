package dev.ratchet.feedback;

/**
 * Something was put into the outbox: fired in the transaction that did, so that the relay can wake after its commit.
 */
record OutboxFilled() {}
