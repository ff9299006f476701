/** The one doorway to DJL and PyTorch: programs kept as text, tensors in files, what the machine computes fastest. */
package dev.ratchet.tensor;
