package dev.ratchet.preference;

/**
 * The clipped surrogate of proximal policy optimisation (Schulman et al., 2017, eq. 7), of a token or a reply:
 * {@code -min(r A, clip(r, 1 - low, 1 + high) A)} with r = exp(log policy - log sampler) and A the advantage.
 *
 * @param low how far the ratio may fall before the gain of falling further ends, in (0, 1)
 * @param high how far it may rise, positive
 */
public record ClippedRatio(double low, double high) {
    public ClippedRatio {
        if (!(low > 0) || low >= 1 || !(high > 0)) {
            throw new IllegalArgumentException("The clip range must lie in (0, 1) below and be positive above.");
        }
    }

    /** @param logRatio log policy - log sampler */
    public double loss(double logRatio, double advantage) {
        double ratio = Math.exp(logRatio);
        return -Math.min(ratio * advantage, Math.max(1 - low, Math.min(1 + high, ratio)) * advantage);
    }

    /** The loss's derivative with respect to log policy; 0 where the ratio is clipped. */
    public double derivative(double logRatio, double advantage) {
        return clipped(logRatio, advantage) ? 0 : -Math.exp(logRatio) * advantage;
    }

    /** Whether the surrogate no longer rewards this ratio's change. */
    public boolean clipped(double logRatio, double advantage) {
        double ratio = Math.exp(logRatio);
        return advantage > 0 ? ratio > 1 + high : ratio < 1 - low && advantage < 0;
    }
}
