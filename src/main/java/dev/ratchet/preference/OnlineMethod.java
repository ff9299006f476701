package dev.ratchet.preference;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a policy learns from groups of its own samples.
 *
 * <p>Letters: o_i is the i-th of G replies to a prompt, |o_i| its length in tokens, R_i its reward, A_i its advantage,
 * r the ratio of the policy's probability to the sampler's, L(r, A) the {@link ClippedRatio}'s loss.
 */
public enum OnlineMethod {
    /** RLOO (Ahmadian et al., 2024): A_i = R_i - mean of the others' R; the mean over replies of L(r(o_i), A_i). */
    RLOO(Advantages.LEAVE_ONE_OUT),
    /**
     * GRPO (Shao et al., 2024, eq. 3): A_i = (R_i - mean R) / std R; the mean over replies of the mean over tokens t of
     * L(r(o_it), A_i).
     */
    GRPO(Advantages.STANDARDISED),
    /**
     * Dr. GRPO (Liu et al., 2025): A_i = R_i - mean R; the mean over replies of the sum over tokens of L(r(o_it), A_i)
     * divided by the longest reply allowed, so that neither length nor spread biases it.
     */
    DR_GRPO(Advantages.CENTRED);

    private final Advantages advantages;

    OnlineMethod(Advantages advantages) {
        this.advantages = advantages;
    }

    Advantages advantages() {
        return advantages;
    }

    /** The name in settings: {@code rloo}, {@code grpo}, {@code dr_grpo}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no method has this code */
    public static OnlineMethod of(String code) {
        for (OnlineMethod method : values()) {
            if (method.code().equals(code)) {
                return method;
            }
        }
        throw new IllegalArgumentException("There is no online method '" + code + "'; known are "
                + Arrays.stream(values()).map(OnlineMethod::code).collect(Collectors.joining(", ")) + ".");
    }
}
