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
    /** A row attends to itself as a whole, though no reply sees another: its cost grows by the square. */
    static final int MOST_ROW_TOKENS = 2048;

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

    /** The groups of the conversations, a long one in parts; the same seed and weights give the same groups. */
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
        List<Row> rows = rows(prompts, completions.stream().map(Completion::drawn).toList(), spec.groupSize());
        double[][] sampler = spec.iterations() > 1 || spec.penalisesReward()
                ? split(LanguageModel.evaluate(policy.decoder(), rows, Decoder.Head.TOKEN_LOG_PROBABILITY, type,
                        ProgressListener.SILENT), rows)
                : null;
        double[][] frozen = reference == null ? null : split(reference.evaluate(rows,
                Decoder.Head.TOKEN_LOG_PROBABILITY, type, ProgressListener.SILENT), rows);
        double[] advantages = new double[scores.length];
        double[] deviations = new double[scores.length];
        for (int first = 0; first < scores.length; first += spec.groupSize()) {
            int last = first + spec.groupSize();
            double[] group = Arrays.copyOfRange(scores, first, last);
            List<int[]> replies = completions.subList(first, last).stream().map(Completion::drawn).toList();
            System.arraycopy(spec.method().advantages().of(spec.rewards(group, replies, part(sampler, first, last),
                    part(frozen, first, last))), 0, advantages, first, group.length);
            Arrays.fill(deviations, first, last, deviation(group));
        }
        List<SampledGroup> groups = new ArrayList<>();
        int first = 0;
        for (Row row : rows) {
            int last = first + row.continuations().size();
            groups.add(new SampledGroup(row.prompt(), row.continuations(), Arrays.copyOfRange(scores, first, last),
                    deviations[first], Arrays.copyOfRange(advantages, first, last),
                    spec.iterations() > 1 ? part(sampler, first, last) : null, part(frozen, first, last),
                    (int) completions.subList(first, last).stream().filter(GroupSampler::ended).count()));
            first = last;
        }
        return groups;
    }

    /**
     * Each group as one row, or as some where it would be longer than {@link #MOST_ROW_TOKENS}, in the replies' order.
     *
     * @param prompts of each reply
     */
    static List<Row> rows(List<int[]> prompts, List<int[]> replies, int groupSize) {
        List<Row> rows = new ArrayList<>();
        for (int first = 0; first < replies.size();) {
            int end = (first / groupSize + 1) * groupSize;
            int last = first;
            int length = prompts.get(first).length;
            do {
                length += replies.get(last++).length;
            } while (last < end && length + replies.get(last).length <= MOST_ROW_TOKENS);
            rows.add(new Row(prompts.get(first), replies.subList(first, last)));
            first = last;
        }
        return rows;
    }

    private static double[][] part(double[][] values, int first, int last) {
        return values == null ? null : Arrays.copyOfRange(values, first, last);
    }

    private static double deviation(double[] scores) {
        double mean = Arrays.stream(scores).average().orElseThrow();
        return Math.sqrt(Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).sum() / (scores.length - 1));
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

    /** The values of each reply. */
    private static double[][] split(double[] values, List<Row> rows) {
        List<double[]> replies = new ArrayList<>();
        int from = 0;
        for (Row row : rows) {
            for (int[] reply : row.continuations()) {
                replies.add(Arrays.copyOfRange(values, from, from + reply.length));
                from += reply.length;
            }
        }
        return replies.toArray(double[][]::new);
    }
}
