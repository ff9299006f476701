package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
import dev.ratchet.preference.ClippedRatio;
import dev.ratchet.preference.KlEstimator;
import dev.ratchet.preference.OnlineMethod;
import dev.ratchet.preference.OnlineSpec;
import dev.ratchet.preference.OnlineTrainer;
import dev.ratchet.preference.RewardFunction;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.stats.ClusteredMean;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Optimises a language model on its own answers, as a reward model scores them. */
final class TrainOnline {
    private static final double[] RATES = {1e-6, 1e-5};

    @Mixin
    private RunOptions options;

    @Option(names = "--reward", required = true, paramLabel = "MODEL",
            description = "The reward model that scores the answers: its folder, or its LoRA adapter's.")
    private String reward;

    @Option(names = "--group-size", paramLabel = "N", defaultValue = "4",
            description = "Answers to each prompt (default: ${DEFAULT-VALUE}).")
    private int groupSize;

    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "128",
            description = "Most tokens of an answer (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(names = "--kl", paramLabel = "X", defaultValue = "0.05",
            description = "Coefficient of the divergence from the policy as it came; 0 for none (default:"
                    + " ${DEFAULT-VALUE}).")
    private double kl;

    @Option(names = "--kl-estimator", paramLabel = "NAME",
            description = "k1 (taken off the reward; default of rloo) or k3 (added to the loss; default of grpo).")
    private String estimator;

    @Option(names = "--clip-range", paramLabel = "X", defaultValue = "0.2",
            description = "How far the ratio to the sampler may move before a step stops rewarding it (default:"
                    + " ${DEFAULT-VALUE}).")
    private double clip;

    @Option(names = "--iterations", paramLabel = "N", defaultValue = "1",
            description = "Steps on each batch of answers (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(names = "--length-penalty", paramLabel = "X", defaultValue = "0",
            description = "Reward taken off for each token of an answer (default: ${DEFAULT-VALUE}).")
    private double lengthPenalty;

    private TrainOnline() {
    }

    /** RLOO. */
    @Command(name = "rloo", mixinStandardHelpOptions = true, sortOptions = false,
            description = "Optimises a language model on its own answers by RLOO: each answer's reward less the mean"
                    + " of the others' to its prompt.",
            footer = {"", "The learning rate is 1e-6, with --lora 1e-5, where none is given; --batch-size counts"
                    + " prompts.", "",
                "Example: train rloo --model base --reward reward --data prompts.jsonl --out better"})
    static final class Rloo implements Callable<Integer> {
        @Spec
        private CommandSpec command;

        @Mixin
        private TrainOnline online;

        @Override
        public Integer call() throws IOException {
            online.run(OnlineMethod.RLOO, KlEstimator.K1, command);
            return 0;
        }
    }

    /** GRPO and Dr. GRPO. */
    @Command(name = "grpo", mixinStandardHelpOptions = true, sortOptions = false,
            description = "Optimises a language model on its own answers by GRPO: each answer's reward less its"
                    + " group's mean, by the group's standard deviation.",
            footer = {"", "The learning rate is 1e-6, with --lora 1e-5, where none is given; --batch-size counts"
                    + " prompts.", "",
                "Example: train grpo --model base --reward reward --data prompts.jsonl --out better"})
    static final class Grpo implements Callable<Integer> {
        @Spec
        private CommandSpec command;

        @Mixin
        private TrainOnline online;

        @Option(names = "--method", paramLabel = "NAME", defaultValue = "grpo",
                description = "grpo, or dr_grpo: without the division by the deviation and the length (default:"
                        + " ${DEFAULT-VALUE}).")
        private String method;

        @Override
        public Integer call() throws IOException {
            if (!method.equals("grpo") && !method.equals("dr_grpo")) {
                throw new Refusal("--method is '" + method + "'; known are grpo and dr_grpo.");
            }
            online.run(OnlineMethod.of(method), KlEstimator.K3, command);
            return 0;
        }
    }

    private void run(OnlineMethod method, KlEstimator usual, CommandSpec command) throws IOException {
        OnlineSpec spec = spec(method, usual);
        options.run(method.code(), RATES, Lint::prompts, Function.identity(), command.commandLine().getOut(),
                ready -> train(ready, spec));
    }

    private OnlineSpec spec(OnlineMethod method, KlEstimator usual) {
        try {
            KlEstimator chosen = estimator == null ? usual : estimator();
            return new OnlineSpec(method, groupSize, maxTokens, kl, chosen, new ClippedRatio(clip, clip), iterations,
                    lengthPenalty);
        } catch (IllegalArgumentException e) {
            throw new Refusal("The settings cannot be used: " + e.getMessage());
        }
    }

    private KlEstimator estimator() {
        return Arrays.stream(KlEstimator.values()).filter(e -> e.name().equalsIgnoreCase(estimator)).findFirst()
                .orElseThrow(() -> new Refusal("--kl-estimator is '" + estimator + "'; known are k1 and k3."));
    }

    private void train(RunOptions.Ready<List<Message>> ready, OnlineSpec spec) throws IOException {
        ready.run().put("settings", spec).put("reward", ModelDigest.of(Fetching.resolve(reward)));
        List<DataRow<List<Message>>> heldOut = ready.rows().heldOut();
        try (LanguageModel policy = options.policy(ready);
                RewardModel judge = RewardModel.load(Fetching.resolve(reward), ready.spec().computeType())) {
            // A prompt that the judge has no room for would end the run only when it is drawn.
            Stream.concat(ready.rows().trainingValues().stream(), heldOut.stream().map(DataRow::value))
                    .forEach(prompt -> judge.encoder().truncated(prompt, "a"));
            double[] before = ready.run().measure("held out, before",
                    listener -> rewards(policy, judge, heldOut, ready.spec().seed(), listener));
            ready.run().train(spec.method().code(), options.training.evaluateEvery,
                    () -> HeldOutScores.metrics("heldout_reward", mean(heldOut,
                            rewards(policy, judge, heldOut, ready.spec().seed(), ProgressListener.SILENT),
                                    null).interval()),
                    (checkpoints, listener) -> new OnlineTrainer().train(policy, ready.rows().trainingValues(),
                            RewardFunction.of(judge), spec, ready.spec(), checkpoints, listener));
            options.save(policy, ready);
            if (!heldOut.isEmpty()) {
                double[] after = ready.run().measure("held out",
                        listener -> rewards(policy, judge, heldOut, ready.spec().seed(), listener));
                Map<String, Object> summary = new LinkedHashMap<>();
                summary.put("rows", heldOut.size());
                summary.put("reward", HeldOutScores.entries(mean(heldOut, after, null).interval()));
                summary.put("reward_gain", HeldOutScores.entries(mean(heldOut, after, before).interval()));
                ready.run().heldOut(summary, HeldOutScores.metrics("heldout_reward", mean(heldOut, after,
                        null).interval()));
                ready.console().println(RunOptions.said("held-out reward", mean(heldOut, after, null).interval()));
                ready.console().println(RunOptions.said("gain", mean(heldOut, after, before).interval()));
            }
        }
    }

    /** The reward of one answer to each held-out prompt, drawn as the model says. */
    private double[] rewards(LanguageModel policy, RewardModel judge, List<DataRow<List<Message>>> prompts, long seed,
            ProgressListener listener) {
        if (prompts.isEmpty()) {
            return new double[0];
        }
        List<Completion> answers = policy.generate(prompts.stream().map(DataRow::value).toList(),
                Sampling.plain(maxTokens, seed), listener);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            judged.add(new Judged(prompts.get(i).value(), answers.get(i).text()));
        }
        return judge.scoreTruncated(judged);
    }

    private static ClusteredMean mean(List<DataRow<List<Message>>> rows, double[] values, double[] less) {
        ClusteredMean mean = new ClusteredMean();
        for (int i = 0; i < values.length; i++) {
            mean.add(rows.get(i).group(), values[i] - (less == null ? 0 : less[i]));
        }
        return mean;
    }
}
