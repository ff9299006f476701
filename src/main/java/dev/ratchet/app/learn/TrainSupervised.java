package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.PackedText;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a language model on answers, dialogues or plain texts. */
@Command(name = "sft", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Trains a language model on answers or dialogues, of which the assistant's tokens are learned,"
                + " or on plain texts, which are packed: the mean negative log-likelihood of the learned tokens.",
        footer = {"", "The learning rate is 2e-5, with --lora 2e-4, where none is given.", "",
            "Example: train sft --model base --data dialogues.jsonl --held-out 0.05 --out tuned"})
final class TrainSupervised implements Callable<Integer> {
    private static final double[] RATES = {2e-5, 2e-4};

    @Spec
    private CommandSpec command;

    @Mixin
    private RunOptions options;

    @Option(names = "--pack-length", paramLabel = "TOKENS", defaultValue = "0",
            description = "Length of the rows that plain texts are packed into; 0 for the model's context, at most 1024"
                    + " (default: ${DEFAULT-VALUE}).")
    private int packLength;

    /** A held-out row's likelihood, and how many of its tokens it counts. */
    private record Likelihood(Interval perToken, double perplexity) {
        Map<String, Double> metrics() {
            Map<String, Double> metrics = new LinkedHashMap<>(HeldOutScores.metrics("heldout_loss", perToken));
            metrics.put("heldout_perplexity", perplexity);
            return metrics;
        }
    }

    @Override
    public Integer call() throws IOException {
        options.run("sft", RATES, Lint::supervised, TrainSupervised::prompt, command.commandLine().getOut(),
                this::train);
        return 0;
    }

    private static List<Message> prompt(SupervisedExample example) {
        return example.conversation().isEmpty() ? List.of(Message.text(example.reply())) : example.conversation();
    }

    private void train(RunOptions.Ready<SupervisedExample> ready) throws IOException {
        try (LanguageModel model = options.policy(ready)) {
            List<DataRow<SupervisedExample>> heldOut = ready.rows().heldOut();
            List<List<Row>> watched = heldOut.stream().map(r -> rows(model, List.of(r.value()))).toList();
            List<Row> rows = rows(model, ready.rows().trainingValues());
            ready.run().put("rows_packed", rows.size()).put("settings", Map.of("pack_length", packLength(model)));
            ready.run().train("sft", options.training.evaluateEvery,
                    () -> likelihood(model, heldOut, watched, ProgressListener.SILENT).metrics(),
                    (checkpoints, listener) -> new SupervisedTrainer().trainRows(model, rows, ready.spec(), checkpoints,
                            listener));
            options.save(model, ready);
            if (!heldOut.isEmpty()) {
                Likelihood likelihood = ready.run().measure("held out",
                        listener -> likelihood(model, heldOut, watched, listener));
                Map<String, Object> summary = new LinkedHashMap<>();
                summary.put("rows", heldOut.size());
                summary.put("loss", HeldOutScores.entries(likelihood.perToken));
                summary.put("perplexity", likelihood.perplexity);
                ready.run().heldOut(summary, likelihood.metrics());
                ready.console().println(RunOptions.said("held-out loss per token", likelihood.perToken)
                        + String.format(Locale.ROOT, ", perplexity %.2f (%d rows)", likelihood.perplexity,
                        heldOut.size()));
            }
        }
    }

    private int packLength(LanguageModel model) {
        return packLength > 0 ? packLength : Math.min(1024, model.contextLength());
    }

    private List<Row> rows(LanguageModel model, List<SupervisedExample> examples) {
        List<Row> rows = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (SupervisedExample each : examples) {
            if (each.conversation().isEmpty()) {
                texts.add(each.reply());
            } else {
                rows.add(Row.of(model.encoder().example(each)));
            }
        }
        if (!texts.isEmpty()) {
            rows.addAll(PackedText.rows(model, texts, packLength(model)));
        }
        return rows;
    }

    private static Likelihood likelihood(LanguageModel model, List<DataRow<SupervisedExample>> heldOut,
            List<List<Row>> rows, ProgressListener listener) {
        double[] values = LanguageModel.evaluate(model.decoder(), rows.stream().flatMap(List::stream).toList(),
                Decoder.Head.LOG_PROBABILITY, model.computeType(), listener);
        ClusteredMean perToken = new ClusteredMean();
        double sum = 0;
        long tokens = 0;
        int at = 0;
        for (int i = 0; i < rows.size(); i++) {
            double own = 0;
            long count = 0;
            for (Row row : rows.get(i)) {
                count += Decoder.Head.TOKEN_LOG_PROBABILITY.outputs(row);
                for (int c = 0; c < row.continuations().size(); c++) {
                    own -= values[at++];
                }
            }
            perToken.add(heldOut.get(i).group(), own / count);
            sum += own;
            tokens += count;
        }
        return new Likelihood(perToken.interval(), Math.exp(sum / tokens));
    }
}
