/**
 * Optimises a policy on what people prefer: on pairs, on replies that were judged one by one, and on its own samples
 * that a reward function scores.
 */
package dev.ratchet.preference;
