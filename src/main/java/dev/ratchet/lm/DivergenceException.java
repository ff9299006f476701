package dev.ratchet.lm;

/** Training produced a loss or a gradient that is no number; the weights are those of the step before. */
public final class DivergenceException extends RuntimeException {
    public DivergenceException(int step, double loss, double norm) {
        super("Training diverged at step " + step + ": loss " + loss + ", gradient norm " + norm
                + ". Lower the learning rate or clip the gradient.");
    }
}
