/** Reward models: a scalar head on the decoder, trained on preference pairs. */
package dev.ratchet.reward;
