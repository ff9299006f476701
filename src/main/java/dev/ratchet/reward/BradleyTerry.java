package dev.ratchet.reward;

/**
 * The Bradley-Terry loss of one pair of rewards (Ouyang et al., 2022), with an optional margin (Touvron et al., 2023)
 * and an optional pull of the pair's mean reward towards zero (Eisenstein et al., 2023).
 *
 * @param centring coefficient of (chosen + rejected)²; 0 for none
 */
public record BradleyTerry(double centring) {
    public BradleyTerry {
        if (!(centring >= 0) || !Double.isFinite(centring)) {
            throw new IllegalArgumentException("The centring coefficient must be 0 or more.");
        }
    }

    /** -log sigmoid(chosen - rejected - margin) + centring (chosen + rejected)². */
    public double loss(double chosen, double rejected, double margin) {
        double sum = chosen + rejected;
        return softplus(-(chosen - rejected - margin)) + centring * sum * sum;
    }

    /** The loss's derivative with respect to the chosen reward. */
    public double chosenDerivative(double chosen, double rejected, double margin) {
        return -sigmoid(-(chosen - rejected - margin)) + 2 * centring * (chosen + rejected);
    }

    /** The loss's derivative with respect to the rejected reward. */
    public double rejectedDerivative(double chosen, double rejected, double margin) {
        return sigmoid(-(chosen - rejected - margin)) + 2 * centring * (chosen + rejected);
    }

    /** log(1 + e^x) without overflow. */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** 1 / (1 + e^-x) without overflow. */
    public static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
