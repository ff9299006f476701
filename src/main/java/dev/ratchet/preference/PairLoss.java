package dev.ratchet.preference;

import static dev.ratchet.reward.BradleyTerry.sigmoid;
import static dev.ratchet.reward.BradleyTerry.softplus;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The losses of a pair of replies, chosen c and rejected r, as plain mathematics.
 *
 * <p>Letters: l_c and l_r are log-probabilities under the policy, summed over a reply's tokens; h_c and h_r the same
 * minus the reference's; n_c and n_r the replies' lengths in tokens; b beta, e label smoothing, s the logistic
 * function, m the pair's margin (0 unless asked for). x = b (h_c - h_r) - m.
 */
public enum PairLoss {
    /** Direct preference optimisation (Rafailov et al., 2023, eq. 7), offset by m (Amini et al., 2024): -log s(x). */
    SIGMOID(true, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            double x = logit(pair, spec);
            return PairTerms.of(softplus(-x), -sigmoid(-x), spec.beta(), spec.beta());
        }
    },
    /** Conservative DPO (Mitchell, 2023): -(1 - e) log s(x) - e log s(-x). */
    CONSERVATIVE(true, true) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            double x = logit(pair, spec);
            double e = spec.labelSmoothing();
            return PairTerms.of((1 - e) * softplus(-x) + e * softplus(x), e * sigmoid(x) - (1 - e) * sigmoid(-x),
                    spec.beta(), spec.beta());
        }
    },
    /**
     * Robust DPO (Chowdhury et al., 2024, eq. 12), unbiased where a share e of labels is flipped:
     * (-(1 - e) log s(x) + e log s(-x)) / (1 - 2e).
     */
    ROBUST(true, true) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            double x = logit(pair, spec);
            double e = spec.labelSmoothing();
            return PairTerms.of(((1 - e) * softplus(-x) - e * softplus(x)) / (1 - 2 * e),
                    (-(1 - e) * sigmoid(-x) - e * sigmoid(x)) / (1 - 2 * e), spec.beta(), spec.beta());
        }
    },
    /** The hinge of SLiC-HF (Zhao et al., 2023) on DPO's logit (Liu et al., 2024): max(0, 1 - x). */
    HINGE(true, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            double x = logit(pair, spec);
            return PairTerms.of(Math.max(0, 1 - x), x < 1 ? -1 : 0, spec.beta(), spec.beta());
        }
    },
    /**
     * IPO (Azar et al., 2024, eq. 17) on log-ratios per token, as its authors ran it:
     * (h_c/n_c - h_r/n_r - m/b - 1/(2b))².
     */
    IPO(true, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            return squared(pair, spec, 1.0 / pair.chosenTokens(), 1.0 / pair.rejectedTokens());
        }
    },
    /** IPO (Azar et al., 2024, eq. 17) as the paper writes it: (h_c - h_r - m/b - 1/(2b))². */
    IPO_SUMMED(true, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            return squared(pair, spec, 1, 1);
        }
    },
    /**
     * APO-zero (D'Oosterlinck et al., 2024, eq. 7), which raises c and lowers r: 1 - s(b h_c - m/2) + s(b h_r + m/2).
     */
    APO_ZERO(true, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            double chosen = sigmoid(spec.beta() * pair.chosenRatio() - pair.margin() / 2);
            double rejected = sigmoid(spec.beta() * pair.rejectedRatio() + pair.margin() / 2);
            return new PairTerms(1 - chosen + rejected, -spec.beta() * chosen * (1 - chosen),
                    spec.beta() * rejected * (1 - rejected));
        }
    },
    /** APO-down (D'Oosterlinck et al., 2024, eq. 8), which lowers c, and r more: s(b h_c) + 1 - s(x). */
    APO_DOWN(true, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            double chosen = sigmoid(spec.beta() * pair.chosenRatio());
            double apart = sigmoid(logit(pair, spec));
            return PairTerms.of(1 - apart, -apart * (1 - apart), spec.beta(), spec.beta())
                    .plus(new PairTerms(chosen, spec.beta() * chosen * (1 - chosen), 0));
        }
    },
    /**
     * SimPO (Meng et al., 2024, eq. 6), without a reference; g is the target margin:
     * -log s(b l_c/n_c - b l_r/n_r - g - m).
     */
    SIMPO(false, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            double x = spec.beta() * (pair.chosenMean() - pair.rejectedMean()) - spec.targetMargin() - pair.margin();
            return PairTerms.of(softplus(-x), -sigmoid(-x), spec.beta() / pair.chosenTokens(),
                    spec.beta() / pair.rejectedTokens());
        }
    },
    /**
     * ORPO (Hong et al., 2024, eq. 6 and 7), without a reference; p = exp(l/n), odds = p / (1 - p), b is the paper's
     * lambda: -l_c/n_c - b log s(log odds_c - log odds_r - m).
     */
    ORPO(false, false) {
        @Override
        PairTerms terms(PairScores pair, PreferenceSpec spec) {
            Odds chosen = Odds.of(pair.chosenMean());
            Odds rejected = Odds.of(pair.rejectedMean());
            double x = chosen.logarithm() - rejected.logarithm() - pair.margin();
            return PairTerms.of(spec.beta() * softplus(-x), -spec.beta() * sigmoid(-x),
                            chosen.slope() / pair.chosenTokens(), rejected.slope() / pair.rejectedTokens())
                    .plus(new PairTerms(-pair.chosenMean(), -1.0 / pair.chosenTokens(), 0));
        }
    };

    private final boolean reference;
    private final boolean smoothed;

    PairLoss(boolean reference, boolean smoothed) {
        this.reference = reference;
        this.smoothed = smoothed;
    }

    /** The loss of one pair and its derivatives with respect to l_c and l_r. */
    abstract PairTerms terms(PairScores pair, PreferenceSpec spec);

    /** Whether the loss reads the reference's log-probabilities. */
    public boolean needsReference() {
        return reference;
    }

    boolean smoothed() {
        return smoothed;
    }

    /** The name in settings: lower case with hyphens as underscores, for instance {@code apo_zero}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no loss has this code */
    public static PairLoss of(String code) {
        for (PairLoss loss : values()) {
            if (loss.code().equals(code)) {
                return loss;
            }
        }
        throw new IllegalArgumentException("There is no pair loss '" + code + "'; known are "
                + Arrays.stream(values()).map(PairLoss::code).collect(Collectors.joining(", ")) + ".");
    }

    private static double logit(PairScores pair, PreferenceSpec spec) {
        return spec.beta() * (pair.chosenRatio() - pair.rejectedRatio()) - pair.margin();
    }

    private static PairTerms squared(PairScores pair, PreferenceSpec spec, double chosenScale, double rejectedScale) {
        double distance = chosenScale * pair.chosenRatio() - rejectedScale * pair.rejectedRatio()
                - pair.margin() / spec.beta() - 1 / (2 * spec.beta());
        return PairTerms.of(distance * distance, 2 * distance, chosenScale, rejectedScale);
    }

    /**
     * The odds p / (1 - p) of a mean token log-probability.
     *
     * @param slope of the logarithm with respect to log p: 1 / (1 - p)
     */
    private record Odds(double logarithm, double slope) {
        /** Above it 1 - p is rounding of float32, and its logarithm noise. */
        private static final double LARGEST_LOG_PROBABILITY = -1e-7;

        static Odds of(double logProbability) {
            double bounded = Math.min(logProbability, LARGEST_LOG_PROBABILITY);
            double complement = -Math.expm1(bounded);
            return new Odds(bounded - Math.log(complement), 1 / complement);
        }
    }
}
