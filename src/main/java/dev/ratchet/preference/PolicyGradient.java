package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.Row;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loss of an {@link OnlineMethod} over sampled groups: the mean over all replies of a step. */
record PolicyGradient(OnlineSpec spec) implements Objective<SampledGroup> {
    @Override
    public Decoder.Head head() {
        return Decoder.Head.TOKEN_LOG_PROBABILITY;
    }

    @Override
    public Row row(SampledGroup group) {
        return group.row();
    }

    @Override
    public double scale(List<SampledGroup> step) {
        return step.stream().mapToInt(g -> g.replies().size()).sum();
    }

    @Override
    public Loss loss(List<SampledGroup> groups, double[] outputs, double replies) {
        double loss = 0;
        double[] derivative = new double[outputs.length];
        Map<String, Double> metrics = new LinkedHashMap<>();
        int from = 0;
        for (SampledGroup group : groups) {
            for (int i = 0; i < group.replies().size(); i++) {
                int to = from + group.replies().get(i).length;
                Reply reply = new Reply(Arrays.copyOfRange(outputs, from, to), group, i);
                loss += reply.loss(derivative, from, 1 / replies, metrics);
                from = to;
            }
            add(metrics, "reward", Arrays.stream(group.scores()).sum() / replies);
            add(metrics, "reward_deviation", group.deviation() * group.scores().length / replies);
            add(metrics, "finished", group.finished() / replies);
        }
        return new Loss(loss, derivative, metrics);
    }

    private static void add(Map<String, Double> metrics, String name, double part) {
        metrics.merge(name, part, Double::sum);
    }

    /** One reply as the policy sees it now, by its tokens' log-probabilities. */
    private final class Reply {
        private final double[] policy;
        private final double[] sampler;
        private final double[] reference;
        private final double advantage;

        Reply(double[] policy, SampledGroup group, int place) {
            this.policy = policy;
            this.sampler = group.sampler() == null ? policy : group.sampler()[place];
            this.reference = group.reference() == null ? null : group.reference()[place];
            this.advantage = group.advantages()[place];
        }

        /** Its part of the loss; its tokens' derivatives are written from {@code begin} on. */
        double loss(double[] derivative, int begin, double share, Map<String, Double> metrics) {
            boolean whole = spec.method() == OnlineMethod.RLOO;
            double tokenShare = switch (spec.method()) {
                case RLOO -> share;
                case GRPO -> share / policy.length;
                case DR_GRPO -> share / spec.maxTokens();
            };
            double ratioOfReply = 0;
            for (int t = 0; t < policy.length; t++) {
                ratioOfReply += policy[t] - sampler[t];
            }
            double loss = whole ? share * spec.clip().loss(ratioOfReply, advantage) : 0;
            double clipped = 0;
            double divergence = 0;
            for (int t = 0; t < policy.length; t++) {
                double ratio = whole ? ratioOfReply : policy[t] - sampler[t];
                derivative[begin + t] = tokenShare * spec.clip().derivative(ratio, advantage);
                loss += whole ? 0 : tokenShare * spec.clip().loss(ratio, advantage);
                clipped += spec.clip().clipped(ratio, advantage) ? 1.0 / policy.length : 0;
                if (reference != null) {
                    double d = reference[t] - policy[t];
                    divergence += spec.klEstimator().value(d);
                    if (spec.penalisesLoss()) {
                        loss += tokenShare * spec.klCoefficient() * spec.klEstimator().value(d);
                        derivative[begin + t] += tokenShare * spec.klCoefficient() * spec.klEstimator().derivative(d);
                    }
                }
            }
            add(metrics, "reply_tokens", share * policy.length);
            add(metrics, "clipped", share * clipped);
            if (reference != null) {
                add(metrics, "kl", share * divergence);
            }
            return loss;
        }
    }
}
