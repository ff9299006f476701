package dev.ratchet.app.learn;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.reward.RewardSpec;
import dev.ratchet.reward.RewardTrainer;
import dev.ratchet.stats.Interval;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a reward model on preference pairs. */
@Command(name = "reward", mixinStandardHelpOptions = true,
        description = "Trains a reward model on preference pairs: Bradley-Terry, -log sigmoid(chosen - rejected - margin).",
        footer = {"", "Example: train reward --model base --data pairs.jsonl --held-out 0.1 --out reward"})
final class TrainReward implements Callable<Integer> {
    private static final double RATE = 1e-5;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DataOptions data;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private ComputeOptions computing;

    @Mixin
    private OutputOptions output;

    @Option(names = "--pooling", paramLabel = "RULE", defaultValue = "last",
            description = "Where the score is read: last (the answer's last token) or mean (over its tokens) (default:"
                    + " ${DEFAULT-VALUE}).")
    private String pooling;

    @Option(names = "--centring", paramLabel = "X", defaultValue = "0",
            description = "Coefficient of (chosen + rejected)^2, which pulls scores towards 0 (default: ${DEFAULT-VALUE}).")
    private double centring;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = command.commandLine().getOut();
        DataOptions.Pairs pairs = data.pairs();
        try (TrainingRun run = TrainingRun.open(output)) {
            if (run.finished()) {
                console.println(output.folder + " is finished already.");
            } else {
                train(run, pairs, console);
            }
        }
        console.flush();
        return 0;
    }

    private void train(TrainingRun run, DataOptions.Pairs pairs, PrintWriter console) throws IOException {
        ComputeOptions.Compute compute = run.compute(computing);
        TrainingSpec spec = training.spec(RATE, compute.type());
        RewardSpec settings = new RewardSpec(spec, centring, 0, 0);
        run.put("objective", "reward").put("model", model.description()).put("data", pairs.description())
                .put("settings", settings).put("pooling", pooling);
        console.println(compute.reason());
        console.flush();
        try (RewardModel reward = start(compute)) {
            run.train("reward", training.evaluateEvery, () -> look(run, reward, pairs.heldOut()),
                    (checkpoints, listener) -> new RewardTrainer().train(reward, pairs(pairs.training()), List.of(),
                            settings, checkpoints, listener));
            if (!pairs.heldOut().isEmpty()) {
                HeldOutScores scores = scores(run, reward, pairs.heldOut());
                scores.write(output.folder.resolve(HeldOutScores.FILE));
                run.put("held_out", scores.summary());
                Interval accuracy = scores.accuracy();
                console.printf(Locale.ROOT, "held-out accuracy %.3f, 95%% interval %.3f to %.3f (%d rows)%n",
                        accuracy.estimate(), accuracy.low(), accuracy.high(), pairs.heldOut().size());
            }
            reward.save(output.folder, StorageType.valueOf(output.storage.toUpperCase(Locale.ROOT)));
            run.finish();
        }
        console.println("Written to " + output.folder);
    }

    private RewardModel start(ComputeOptions.Compute compute) {
        try (LanguageModel trunk = model.load(compute.type())) {
            return RewardModel.fromTrunk(trunk, Pooling.of(pooling));
        }
    }

    private static List<PreferencePair> pairs(List<Comparison> comparisons) {
        return comparisons.stream().map(Comparison::pair).toList();
    }

    private static Map<String, Double> look(TrainingRun run, RewardModel reward, List<Comparison> heldOut) {
        Interval accuracy = scores(run, reward, heldOut).accuracy();
        return Map.of("heldout_accuracy", accuracy.estimate(), "heldout_accuracy_low95", accuracy.low(),
                "heldout_accuracy_high95", accuracy.high());
    }

    private static HeldOutScores scores(TrainingRun run, RewardModel reward, List<Comparison> heldOut) {
        List<Judged> judged = new ArrayList<>();
        for (Comparison each : heldOut) {
            judged.add(new Judged(each.pair().conversation(), each.pair().chosen()));
            judged.add(new Judged(each.pair().conversation(), each.pair().rejected()));
        }
        return HeldOutScores.of(heldOut, run.measure("held out", listener -> reward.score(judged, listener)));
    }
}
