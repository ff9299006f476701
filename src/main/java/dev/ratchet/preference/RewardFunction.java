package dev.ratchet.preference;

import dev.ratchet.reward.Judged;
import java.util.List;

/** What replies are worth: a reward model's scores, or any other function of conversation and text. */
@FunctionalInterface
public interface RewardFunction {
    /** One finite number for each reply, higher for better. */
    double[] score(List<Judged> replies);
}
