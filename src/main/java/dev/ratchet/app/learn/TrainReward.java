package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.reward.RewardSpec;
import dev.ratchet.reward.RewardTrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a reward model on preference pairs. */
@Command(name = "reward", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Trains a reward model on preference pairs by the Bradley-Terry loss: -log sigmoid(chosen -"
                + " rejected - margin) + centring (chosen + rejected)^2.",
        footer = {"", "The learning rate is 1e-5, with --lora 1e-4, where none is given.", "",
            "Example: train reward --model base --data pairs.jsonl --held-out 0.1 --out reward"})
final class TrainReward implements Callable<Integer> {
    private static final double[] RATES = {1e-5, 1e-4};

    @Spec
    private CommandSpec command;

    @Mixin
    private RunOptions options;

    @Option(names = "--pooling", paramLabel = "RULE", defaultValue = "last",
            description = "Where the score is read: last (the answer's last token) or mean (over its tokens) (default:"
                    + " ${DEFAULT-VALUE}).")
    private String pooling;

    @Option(names = "--centring", paramLabel = "X", defaultValue = "0",
            description = "Coefficient of (chosen + rejected)^2, which pulls scores towards 0 (default:"
                    + " ${DEFAULT-VALUE}).")
    private double centring;

    @Override
    public Integer call() throws IOException {
        Pooling rule = Pooling.of(pooling);
        if (!(centring >= 0)) {
            throw new Refusal("--centring must be 0 or more.");
        }
        options.run("reward", RATES, Lint::preferences, PreferencePair::conversation, command.commandLine().getOut(),
                ready -> train(ready, rule));
        return 0;
    }

    private void train(RunOptions.Ready<PreferencePair> ready, Pooling rule) throws IOException {
        PrintWriter console = ready.console();
        List<DataRow<PreferencePair>> heldOut = ready.rows().heldOut();
        RewardSpec spec = new RewardSpec(ready.spec(), centring, 0, 0);
        ready.run().put("settings", spec).put("pooling", rule.code());
        try (RewardModel reward = start(ready, rule)) {
            ready.run().train("reward", options.training.evaluateEvery,
                    () -> scores(reward, heldOut, ProgressListener.SILENT).metrics(),
                    (checkpoints, listener) -> new RewardTrainer().train(reward, ready.rows().trainingValues(),
                            List.of(),
                            spec, checkpoints, listener));
            if (options.savesAdapter(ready)) {
                reward.saveAdapter(options.output.folder, ready.storage());
            } else {
                reward.save(options.output.folder, ready.storage());
            }
            if (!heldOut.isEmpty()) {
                HeldOutScores scores = ready.run().measure("held out", listener -> scores(reward, heldOut, listener));
                scores.write(options.output.folder.resolve(HeldOutScores.FILE));
                ready.run().heldOut(scores.summary(), scores.metrics());
                console.println(RunOptions.said("held-out accuracy", scores.accuracy()) + " (" + heldOut.size() + ""
                        + " rows)");
            }
        }
    }

    private RewardModel start(RunOptions.Ready<?> ready, Pooling rule) throws IOException {
        try (LanguageModel trunk = options.model.load(ready.spec().computeType())) {
            RewardModel reward = RewardModel.fromTrunk(trunk, rule);
            if (ready.lora() != null) {
                reward.adapt(ready.lora(), ready.spec().seed(), options.model.name());
            }
            return reward;
        }
    }


    private static HeldOutScores scores(RewardModel reward, List<DataRow<PreferencePair>> pairs,
            ProgressListener listener) {
        List<Judged> judged = new ArrayList<>();
        for (DataRow<PreferencePair> each : pairs) {
            judged.add(new Judged(each.value().conversation(), each.value().chosen()));
            judged.add(new Judged(each.value().conversation(), each.value().rejected()));
        }
        return HeldOutScores.of(pairs, reward.score(judged, listener));
    }
}
