package dev.ratchet.tensor;

/** A file of tensors is not what it claims to be; the message names the file, the tensor and the fault. */
public final class TensorFormatException extends RuntimeException {
    public TensorFormatException(String message) {
        super(message);
    }
}
