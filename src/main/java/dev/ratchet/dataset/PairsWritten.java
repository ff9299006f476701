package dev.ratchet.dataset;

import java.util.Set;

/** Pairs of these projects were written, in a transaction that has not committed yet. */
record PairsWritten(Set<Long> projects) {}
