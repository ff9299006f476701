package dev.ratchet.preference;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingLoop;
import dev.ratchet.lm.TrainingSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Optimises a policy on its own samples by an {@link OnlineMethod}: it replies to prompts several times each, the
 * replies are scored, and what scored above its group is made more likely.
 *
 * <p>In a {@link TrainingSpec} the batch size counts prompts, whose groups stay whole but for long ones, which take
 * several rows; an epoch is one pass over the prompts.
 */
public final class OnlineTrainer {
    /** Trains the policy in place; the policy as it comes is the reference. */
    public TrainingLoop.Result train(LanguageModel policy, List<List<Message>> prompts, RewardFunction rewards,
            OnlineSpec spec, TrainingSpec training, Path checkpoints, TrainingListener listener) {
        return train(policy, Reference.ITSELF, prompts, rewards, spec, training, checkpoints, listener);
    }

    /**
     * Trains the policy in place.
     *
     * <p>Metrics besides the loop's: {@code reward} (mean score), {@code reward_deviation} (within a group),
     * {@code reply_tokens} (mean length), {@code finished} (share of replies that ended by themselves), {@code clipped}
     * (share of tokens whose ratio is clipped), and, with a reference, {@code kl} (nats per reply, by the estimator).
     *
     * @param rewards called with all replies of a batch; {@link RewardFunction#of}, for instance
     * @param checkpoints folder of this run alone, from which it resumes; null for none
     * @throws dev.ratchet.lm.ContextLengthException where a prompt leaves no room for a reply
     */
    public TrainingLoop.Result train(LanguageModel policy, Reference reference, List<List<Message>> prompts,
            RewardFunction rewards, OnlineSpec spec, TrainingSpec training, Path checkpoints,
            TrainingListener listener) {
        if (spec.klCoefficient() == 0) {
            return run(policy, null, prompts, rewards, spec, training, checkpoints, listener);
        }
        try (FrozenPolicy frozen = FrozenPolicy.whileTraining(reference, policy)) {
            return run(policy, frozen, prompts, rewards, spec, training, checkpoints, listener);
        }
    }

    private static TrainingLoop.Result run(LanguageModel policy, FrozenPolicy reference, List<List<Message>> prompts,
            RewardFunction rewards, OnlineSpec spec, TrainingSpec training, Path checkpoints,
            TrainingListener listener) {
        GroupSampler sampler = new GroupSampler(policy, reference, rewards, spec, training.computeType());
        return new TrainingLoop<>(policy.decoder(), new PolicyGradient(spec), training,
                new SampledGroups(prompts, training, spec.iterations(),
                        () -> rewards.identity() + "|" + (reference == null ? "" : reference.digest()),
                        sampler::sample))
                .run(checkpoints, listener, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
    }
}
