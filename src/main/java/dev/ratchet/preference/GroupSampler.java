package dev.ratchet.preference;

import dev.ratchet.lm.Completion;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.Sampling;
import dev.ratchet.reward.Judged;
import dev.ratchet.tensor.ComputeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples groups of replies from the policy as it is now, has them scored, and works their advantages out. */
final class GroupSampler {
    private final LanguageModel policy;
    private final FrozenPolicy reference;
    private final RewardFunction rewards;
    private final OnlineSpec spec;
    private final ComputeType type;

    /** @param reference null where nothing reads it */
    GroupSampler(LanguageModel policy, FrozenPolicy reference, RewardFunction rewards, OnlineSpec spec,
            ComputeType type) {
        this.policy = policy;
        this.reference = reference;
        this.rewards = rewards;
        this.spec = spec;
        this.type = type;
    }

    /** One group for each conversation; the same seed and weights give the same groups. */
    List<SampledGroup> sample(List<List<Message>> conversations, long seed) {
        List<int[]> prompts = new ArrayList<>();
        for (List<Message> conversation : conversations) {
            int[] prompt = policy.prompt(conversation);
            for (int i = 0; i < spec.groupSize(); i++) {
                prompts.add(prompt);
            }
        }
        // The policy's own distribution: at another temperature the ratios would be those of another policy.
        List<Completion> completions = policy.generateTokens(prompts,
                new Sampling(spec.maxTokens(), 1, 0, 1, seed, List.of()), ProgressListener.SILENT);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            judged.add(new Judged(conversations.get(i / spec.groupSize()), completions.get(i).text()));
        }
        double[] scores = scores(judged);
        List<SampledGroup> groups = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int g = 0; g < conversations.size(); g++) {
            int first = g * spec.groupSize();
            rows.add(new Row(prompts.get(first),
                    completions.subList(first, first + spec.groupSize()).stream().map(Completion::drawn).toList()));
        }
        List<double[][]> sampler = spec.iterations() > 1 || spec.penalisesReward()
                ? split(LanguageModel.evaluate(policy.decoder(), rows, Decoder.Head.TOKEN_LOG_PROBABILITY, type,
                        ProgressListener.SILENT), rows)
                : null;
        List<double[][]> frozen = reference == null ? null : split(reference.evaluate(rows,
                Decoder.Head.TOKEN_LOG_PROBABILITY, type, ProgressListener.SILENT), rows);
        for (int g = 0; g < rows.size(); g++) {
            int first = g * spec.groupSize();
            int last = first + spec.groupSize();
            double[] group = Arrays.copyOfRange(scores, first, last);
            double[][] own = sampler == null ? null : sampler.get(g);
            double[][] other = frozen == null ? null : frozen.get(g);
            groups.add(new SampledGroup(rows.get(g).prompt(), rows.get(g).continuations(), group,
                    spec.method().advantages().of(spec.rewards(group, rows.get(g).continuations(), own, other)),
                    spec.iterations() > 1 ? own : null, other,
                    (int) completions.subList(first, last).stream().filter(GroupSampler::ended).count()));
        }
        return groups;
    }

    private double[] scores(List<Judged> judged) {
        double[] scores = rewards.score(judged);
        if (scores.length != judged.size() || !Arrays.stream(scores).allMatch(Double::isFinite)) {
            throw new IllegalStateException("The reward function must give one finite number for each of the "
                    + judged.size() + " replies.");
        }
        return scores;
    }

    private static boolean ended(Completion completion) {
        return completion.finishReason().equals("stop");
    }

    /** The values of each row's replies. */
    private static List<double[][]> split(double[] values, List<Row> rows) {
        List<double[][]> all = new ArrayList<>();
        int from = 0;
        for (Row row : rows) {
            double[][] parts = new double[row.continuations().size()][];
            for (int i = 0; i < parts.length; i++) {
                int to = from + row.continuations().get(i).length;
                parts[i] = Arrays.copyOfRange(values, from, to);
                from = to;
            }
            all.add(parts);
        }
        return all;
    }
}
