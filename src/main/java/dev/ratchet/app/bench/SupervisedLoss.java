package dev.ratchet.app.bench;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The mean negative log-likelihood per token, of rows as they are. */
record SupervisedLoss() implements Objective<Row> {
    @Override
    public Decoder.Head head() {
        return Decoder.Head.LOG_PROBABILITY;
    }

    @Override
    public Row row(Row example) {
        return example;
    }

    @Override
    public double scale(List<Row> step) {
        return step.stream().mapToDouble(r -> r.continuations().get(0).length).sum();
    }

    @Override
    public Loss loss(List<Row> examples, double[] outputs, double tokens) {
        double[] derivative = new double[outputs.length];
        Arrays.fill(derivative, -1 / tokens);
        return new Loss(-Arrays.stream(outputs).sum() / tokens, derivative, Map.of());
    }
}
