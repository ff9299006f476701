package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.preference.Kto;
import dev.ratchet.preference.KtoTrainer;
import dev.ratchet.reward.UnpairedExample;
import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.WinRate;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Optimises a language model on answers that were judged one by one. */
@Command(name = "kto", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Optimises a language model on answers that were judged one by one, by KTO.",
        footer = {"", "The learning rate is 1e-6, with --lora 1e-5, where none is given. --batch-size is at least 2.",
                "",
            "Example: train kto --model base --data unpaired.jsonl --out better"})
final class TrainKto implements Callable<Integer> {
    private static final double[] RATES = {1e-6, 1e-5};

    @Spec
    private CommandSpec command;

    @Mixin
    private RunOptions options;

    @Option(names = "--beta", paramLabel = "X", defaultValue = "0.1",
            description = "How strongly the policy is held to the reference (default: ${DEFAULT-VALUE}).")
    private double beta;

    @Option(names = "--desirable-weight", paramLabel = "X", defaultValue = "1",
            description = "Weight of desirable answers (default: ${DEFAULT-VALUE}).")
    private double desirable;

    @Option(names = "--undesirable-weight", paramLabel = "X", defaultValue = "1",
            description = "Weight of undesirable answers (default: ${DEFAULT-VALUE}).")
    private double undesirable;

    @Option(names = "--rpo-alpha", paramLabel = "X", defaultValue = "0",
            description = "Coefficient of a desirable answer's mean negative log-likelihood (default:"
                    + " ${DEFAULT-VALUE}).")
    private double supervised;

    @Override
    public Integer call() throws IOException {
        Kto kto = settings();
        if (options.training.batchSize < 2) {
            throw new Refusal("--batch-size must be at least 2: KTO estimates the divergence by other rows' answers.");
        }
        options.run("kto", RATES, Lint::unpaired, UnpairedExample::conversation, command.commandLine().getOut(),
                ready -> train(ready, kto));
        return 0;
    }

    private Kto settings() {
        try {
            return new Kto(beta, desirable, undesirable, supervised);
        } catch (IllegalArgumentException e) {
            throw new Refusal("The settings cannot be used: " + e.getMessage());
        }
    }

    private void train(RunOptions.Ready<UnpairedExample> ready, Kto kto) throws IOException {
        ready.run().put("settings", kto);
        try (LanguageModel policy = options.policy(ready)) {
            List<DataRow<UnpairedExample>> rows = ready.rows().heldOut();
            List<Example> heldOut = rows.stream()
                    .map(r -> policy.example(r.value().conversation(), r.value().reply())).toList();
            double[] before = policy.logProbabilities(heldOut);
            ready.run().train("kto", options.training.evaluateEvery,
                    () -> agreement(rows, policy.logProbabilities(heldOut), before).metrics(),
                    (checkpoints, listener) -> ready.run().warn(ready.console(), new KtoTrainer().train(policy,
                            ready.rows().trainingValues(), kto, ready.spec(), checkpoints, listener).warnings()));
            options.save(policy, ready);
            if (!rows.isEmpty()) {
                Agreement agreement = agreement(rows, policy.logProbabilities(heldOut), before);
                ready.run().heldOut(agreement.summary(rows.size()), agreement.metrics());
                ready.console().println(RunOptions.said("held-out accuracy", agreement.accuracy) + " (" + rows.size()
                        + " rows)");
            }
        }
    }

    /**
     * Whether rewards point where the labels do.
     *
     * @param accuracy share of answers whose log-ratio is positive where they are desirable, negative where not
     * @param ratio mean log-ratio, its sign turned for undesirable answers
     */
    private record Agreement(Interval accuracy, Interval ratio) {
        Map<String, Double> metrics() {
            return HeldOutScores.metrics("heldout_accuracy", accuracy);
        }

        Map<String, Object> summary(int rows) {
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("rows", rows);
            summary.put("accuracy", HeldOutScores.entries(accuracy));
            summary.put("log_ratio", HeldOutScores.entries(ratio));
            return summary;
        }
    }

    private static Agreement agreement(List<DataRow<UnpairedExample>> rows, double[] now, double[] before) {
        WinRate accuracy = new WinRate();
        ClusteredMean ratio = new ClusteredMean();
        for (int i = 0; i < rows.size(); i++) {
            double signed = (now[i] - before[i]) * (rows.get(i).value().desirable() ? 1 : -1);
            accuracy.compare(rows.get(i).group(), signed, 0);
            ratio.add(rows.get(i).group(), signed);
        }
        return new Agreement(accuracy.interval(), ratio.interval());
    }
}
