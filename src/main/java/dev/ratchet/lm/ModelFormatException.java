package dev.ratchet.lm;

/** A model folder cannot be used; the message is one line that names the file and the fault. */
public final class ModelFormatException extends RuntimeException {
    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
