package dev.ratchet.preference;

import java.util.Arrays;

/** How much better each reply of a group is than the group, from the rewards of replies to one prompt. */
public enum Advantages {
    /** RLOO (Ahmadian et al., 2024, eq. 5): the reward minus the mean of the others'. */
    LEAVE_ONE_OUT {
        @Override
        public double[] of(double[] rewards) {
            double n = rewards.length;
            return centred(rewards, n / (n - 1));
        }
    },
    /** GRPO (Shao et al., 2024, section 4.1.2): (reward - mean) / (sample standard deviation + 1e-4). */
    STANDARDISED {
        @Override
        public double[] of(double[] rewards) {
            double mean = Arrays.stream(rewards).average().orElseThrow();
            double squares = Arrays.stream(rewards).map(r -> (r - mean) * (r - mean)).sum();
            return centred(rewards, 1 / (Math.sqrt(squares / (rewards.length - 1)) + 1e-4));
        }
    },
    /** Dr. GRPO (Liu et al., 2025, section 3.2): the reward minus the group's mean. */
    CENTRED {
        @Override
        public double[] of(double[] rewards) {
            return centred(rewards, 1);
        }
    };

    /** @param rewards of one group, at least two */
    public abstract double[] of(double[] rewards);

    private static double[] centred(double[] rewards, double scale) {
        double mean = Arrays.stream(rewards).average().orElseThrow();
        return Arrays.stream(rewards).map(r -> (r - mean) * scale).toArray();
    }
}
