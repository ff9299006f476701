package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.preference.PairLoss;
import dev.ratchet.preference.PairScores;
import dev.ratchet.preference.PreferenceSpec;
import dev.ratchet.preference.PreferenceTrainer;
import dev.ratchet.preference.Reference;
import dev.ratchet.reward.EncodedPair;
import dev.ratchet.reward.PreferencePair;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Optimises a language model on preference pairs. */
@Command(name = "dpo", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Optimises a language model on preference pairs, by DPO or one of its relatives.",
        footer = {"", "The learning rate is 1e-6, with --lora 1e-5, where none is given. simpo and orpo need no"
                + " reference.",
            "", "Examples:", "  train dpo --model base --data pairs.jsonl --held-out 0.1 --out better",
            "  train dpo --model base.gguf --lora r=16,alpha=32 --loss ipo --beta 0.2 --data pairs.jsonl --out"
                    + " adapter"})
final class TrainPreference implements Callable<Integer> {
    private static final double[] RATES = {1e-6, 1e-5};

    @Spec
    private CommandSpec command;

    @Mixin
    private RunOptions options;

    @Option(names = "--loss", paramLabel = "NAME", defaultValue = "sigmoid",
            description = "sigmoid (DPO), conservative, robust, hinge, ipo, ipo_summed, apo_zero, apo_down, simpo or"
                    + " orpo (default: ${DEFAULT-VALUE}).")
    private String loss;

    @Option(names = "--beta", paramLabel = "X", defaultValue = "0.1",
            description = "How strongly the policy is held to the reference; simpo's scale of rewards; orpo's lambda"
                    + " (default: ${DEFAULT-VALUE}).")
    private double beta;

    @Option(names = "--label-smoothing", paramLabel = "SHARE", defaultValue = "0",
            description = "Share of labels taken to be wrong; of conservative and robust (default: ${DEFAULT-VALUE}).")
    private double labelSmoothing;

    @Option(names = "--target-margin", paramLabel = "X", defaultValue = "0",
            description = "simpo's gamma (default: ${DEFAULT-VALUE}).")
    private double targetMargin;

    @Option(names = "--rpo-alpha", paramLabel = "X", defaultValue = "0",
            description = "Coefficient of the chosen answer's mean negative log-likelihood (default:"
                    + " ${DEFAULT-VALUE}).")
    private double supervised;

    @Option(names = "--margin-scale", paramLabel = "X", defaultValue = "0",
            description = "What a row's margin is multiplied by before it is asked of the difference of rewards"
                    + " (default: ${DEFAULT-VALUE}).")
    private double offsetScale;

    @Override
    public Integer call() throws IOException {
        PreferenceSpec spec = spec();
        options.run("dpo", RATES, Lint::preferences, PreferencePair::conversation, command.commandLine().getOut(),
                ready -> train(ready, spec));
        return 0;
    }

    private PreferenceSpec spec() {
        try {
            return new PreferenceSpec(PairLoss.of(loss), beta, labelSmoothing, targetMargin, supervised, offsetScale);
        } catch (IllegalArgumentException e) {
            throw new Refusal("The settings cannot be used: " + e.getMessage());
        }
    }

    private void train(RunOptions.Ready<PreferencePair> ready, PreferenceSpec spec) throws IOException {
        ready.run().put("settings", spec);
        try (LanguageModel policy = options.policy(ready)) {
            List<DataRow<PreferencePair>> rows = ready.rows().heldOut();
            List<EncodedPair> heldOut = rows.stream().map(r -> EncodedPair.of(policy.encoder(), r.value())).toList();
            double[] before = rows.isEmpty() ? new double[0]
                    : ready.run().measure("held out, before", listener -> scores(policy, heldOut, listener));
            ready.run().train(spec.loss().code(), options.training.evaluateEvery,
                    () -> rewards(spec, rows, heldOut, scores(policy, heldOut, ProgressListener.SILENT),
                            before).metrics(),
                    (checkpoints, listener) -> ready.run().warn(ready.console(), new PreferenceTrainer().train(policy,
                            Reference.ITSELF, ready.rows().trainingValues(), spec, ready.spec(), checkpoints, listener)
                            .warnings()));
            options.save(policy, ready);
            if (!rows.isEmpty()) {
                double[] after = ready.run().measure("held out", listener -> scores(policy, heldOut, listener));
                HeldOutScores rewards = rewards(spec, rows, heldOut, after, before);
                rewards.write(options.output.folder.resolve(HeldOutScores.FILE));
                ready.run().heldOut(rewards.summary(), rewards.metrics());
                ready.console().println(RunOptions.said("held-out accuracy", rewards.accuracy()) + " (" + rows.size()
                        + " rows)");
                ready.console().println(RunOptions.said("held-out margin", rewards.margin()));
            }
        }
    }

    /** Log-probabilities of the chosen and the rejected answer of each pair in turn. */
    private static double[] scores(LanguageModel policy, List<EncodedPair> pairs, ProgressListener listener) {
        return LanguageModel.evaluate(policy.decoder(), pairs.stream().map(EncodedPair::row).toList(),
                Decoder.Head.LOG_PROBABILITY, policy.computeType(), listener);
    }

    /** The rewards that the policy implies; those of losses with a reference are 0 before the first step. */
    private static HeldOutScores rewards(PreferenceSpec spec, List<DataRow<PreferencePair>> rows,
            List<EncodedPair> pairs, double[] now, double[] before) {
        double[] rewards = new double[now.length];
        for (int i = 0; i < pairs.size(); i++) {
            PairScores scores = new PairScores(now[2 * i], now[2 * i + 1], before[2 * i], before[2 * i + 1],
                    pairs.get(i).chosen().length, pairs.get(i).rejected().length, 0);
            rewards[2 * i] = spec.chosenReward(scores);
            rewards[2 * i + 1] = spec.rejectedReward(scores);
        }
        return HeldOutScores.of(rows, rewards);
    }
}
