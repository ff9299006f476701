package dev.ratchet.preference;

import java.util.Locale;

/**
 * Estimators of KL(policy || reference) from a sample of the policy (Schulman, 2020), with d = log reference - log
 * policy of a token or of a reply.
 */
public enum KlEstimator {
    /** -d: unbiased, of high variance; as a loss its gradient has mean zero on the policy's own samples. */
    K1 {
        @Override
        public double value(double d) {
            return -d;
        }

        @Override
        public double derivative(double d) {
            return 1;
        }
    },
    /** exp(d) - d - 1: unbiased, never negative, of low variance. */
    K3 {
        @Override
        public double value(double d) {
            return Math.expm1(d) - d;
        }

        @Override
        public double derivative(double d) {
            return -Math.expm1(d);
        }
    };

    /** The estimate, in nats. */
    public abstract double value(double d);

    /** Its derivative with respect to log policy. */
    public abstract double derivative(double d);

    /** The name in settings. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
