package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.reward.EncodedPair;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.tensor.ComputeType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rewards that a policy implies for both replies of some pairs, by which it can be judged on pairs that it was not
 * trained on: {@link PreferenceSpec#chosenReward}. What the reference says of them is computed once.
 */
public final class ImplicitRewards {
    private final List<ReferredPair> pairs;
    private final PreferenceSpec spec;
    private final ComputeType type;

    /**
     * @param policy as it is before training, where it is its own reference
     * @param cache folder that keeps the reference's log-probabilities if the reference names none; null for no file
     */
    public ImplicitRewards(LanguageModel policy, Reference reference, List<PreferencePair> pairs, PreferenceSpec spec,
            ComputeType type, Path cache, ProgressListener listener) {
        this.pairs = referred(policy, reference, pairs.stream().map(p -> EncodedPair.of(policy.encoder(), p)).toList(),
                spec, type, cache, listener);
        this.spec = spec;
        this.type = type;
    }

    /** Pairs with what the reference says of them, where the loss reads it. */
    static List<ReferredPair> referred(LanguageModel policy, Reference reference, List<EncodedPair> pairs,
            PreferenceSpec spec, ComputeType type, Path cache, ProgressListener listener) {
        double[] frozen = spec.loss().needsReference() ? new ReferenceScores(reference, policy, type, cache)
                .of(pairs.stream().map(EncodedPair::row).toList(), listener) : null;
        List<ReferredPair> referred = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            referred.add(frozen == null ? new ReferredPair(pairs.get(i), Double.NaN, Double.NaN)
                    : new ReferredPair(pairs.get(i), frozen[2 * i], frozen[2 * i + 1]));
        }
        return referred;
    }

    /** The reward of each pair's chosen and rejected reply in turn, under the policy as it is now. */
    public double[] of(LanguageModel policy, ProgressListener listener) {
        double[] now = LanguageModel.evaluate(policy.decoder(), pairs.stream().map(p -> p.pair().row()).toList(),
                Decoder.Head.LOG_PROBABILITY, type, listener);
        double[] rewards = new double[now.length];
        for (int i = 0; i < pairs.size(); i++) {
            PairScores scores = pairs.get(i).scores(now[2 * i], now[2 * i + 1], spec.offsetScale());
            rewards[2 * i] = spec.chosenReward(scores);
            rewards[2 * i + 1] = spec.rejectedReward(scores);
        }
        return rewards;
    }
}
