package dev.ratchet.preference;

import dev.ratchet.reward.Judged;
import dev.ratchet.reward.RewardModel;
import java.util.List;

/** What replies are worth: a reward model's scores, or any other function of conversation and text. */
@FunctionalInterface
public interface RewardFunction {
    /** One finite number for each reply, higher for better. */
    double[] score(List<Judged> replies);

    /** What tells it from other functions: a checkpoint of a run with another one is refused. */
    default String identity() {
        return "";
    }

    /** A reward model's scores, of a reply too long for it by what fits; told from another's by its weights. */
    static RewardFunction of(RewardModel model) {
        return new RewardFunction() {
            @Override
            public double[] score(List<Judged> replies) {
                return model.scoreTruncated(replies);
            }

            @Override
            public String identity() {
                return model.pooling() + " " + model.decoder().digest();
            }
        };
    }
}
