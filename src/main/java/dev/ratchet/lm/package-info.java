/** Language models: tokens and templates, the decoder, generation, log-probabilities, and training with checkpoints. */
package dev.ratchet.lm;
